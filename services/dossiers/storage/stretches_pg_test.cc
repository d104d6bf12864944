// Pages by size: what is asked for, and what is kept.
#include "services/dossiers/storage/stretches.h"

#include "libs/pg/statement.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/test_world.h"
#include "services/dossiers/storage/usual_size.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

// Rows 1000..$4 behind $1, of $5 bytes; each $6th candidate is granted.
constexpr pg::Statement kRows = {"test.rows", R"(
WITH candidates AS MATERIALIZED (
  SELECT n FROM generate_series($1::text::bigint + 1, $4::bigint) AS n ORDER BY n LIMIT $3::bigint),
page AS MATERIALIZED (
  SELECT n FROM candidates WHERE n % $6::bigint = 0 ORDER BY n LIMIT $2::bigint)
SELECT true AS is_fresh, s.last_candidate, s.candidates, p.n::text AS id, repeat('x', $5::integer) AS content
  FROM (SELECT max(n)::text AS last_candidate, count(*) AS candidates FROM candidates) s
  LEFT JOIN page p ON true
 ORDER BY p.n)"};

class Stretches : public ::testing::Test {
 protected:
  // Fills one page of rows 1000..last.
  bool Fill(const PageLimits& limits, int first, int64_t last, int64_t bytes, int64_t each = 1) {
    bool more = false;
    const absl::Status status = pg::RunInTransaction(
        world_.db().app(), pg::Mode::kReadOnly, absl::Now() + absl::Seconds(10), {},
        [&](pg::Transaction& tx) -> absl::Status {
          wanted_.clear();
          read_ = 0;
          kept_.clear();
          const auto fetch = [&](const std::string& after, int64_t wanted,
                                 int64_t take) -> absl::StatusOr<pg::Result> {
            wanted_.push_back(wanted);
            VSV_ASSIGN_OR_RETURN(
                pg::Result rows,
                tx.Execute(
                    kRows,
                    pg::Params().Text(after).Int(wanted).Int(take).Int(last).Int(bytes).Int(each)));
            for (const pg::Row row : rows) read_ += row.IsNull("id") ? 0 : 1;
            return rows;
          };
          const auto add = [&](const pg::Row& row) {
            kept_.push_back(row.Text("id"));
            return absl::OkStatus();
          };
          VSV_ASSIGN_OR_RETURN(more, FillPage("999", limits, fetch, add, first));
          return absl::OkStatus();
        });
    VSV_EXPECT_OK(status);
    for (size_t i = 1; i < kept_.size(); ++i) EXPECT_LT(kept_[i - 1], kept_[i]);
    return more;
  }

  TestWorld world_;
  std::vector<int64_t> wanted_;  // of each statement
  size_t read_ = 0;
  std::vector<std::string> kept_;
};

constexpr PageLimits kSnapshot{1000, 4 << 20};

TEST_F(Stretches, OfLargeRowsNoMoreThanAFewAreReadInVain) {
  EXPECT_TRUE(Fill({.rows = 200}, kFirstPortion, 9999, 1 << 20));
  EXPECT_THAT(kept_, SizeIs(1));
  EXPECT_THAT(wanted_, ElementsAre(kFirstPortion));
  EXPECT_TRUE(Fill(kSnapshot, kFirstPortion, 9999, 100'000));
  EXPECT_THAT(kept_, SizeIs(42));
  EXPECT_LE(read_, 46U);
  EXPECT_THAT(wanted_, SizeIs(2));
}

TEST_F(Stretches, OfSmallRowsAPageIsReadByOneStatementIfItIsKnownAndByTwoElse) {
  EXPECT_TRUE(Fill(kSnapshot, kFirstPortion, 9999, 1000));
  EXPECT_THAT(wanted_, ElementsAre(kFirstPortion, 1000 - kFirstPortion));
  EXPECT_TRUE(Fill(kSnapshot, PortionFor(1000), 9999, 1000));
  EXPECT_THAT(wanted_, ElementsAre(1000));
  EXPECT_THAT(kept_, SizeIs(1000));
  // Full by its bytes.
  EXPECT_TRUE(Fill(kSnapshot, PortionFor(800), 9999, 5200));
  EXPECT_THAT(wanted_, SizeIs(1));
}

TEST_F(Stretches, APageEndsWhereNothingIsLeft) {
  EXPECT_FALSE(Fill({.rows = 50}, kFirstPortion, 1000 + kFirstPortion - 1, 1000));
  EXPECT_THAT(kept_, SizeIs(kFirstPortion));
  EXPECT_THAT(wanted_, SizeIs(1)) << "the last candidate was the last row";
  EXPECT_FALSE(Fill({.rows = 50}, kFirstPortion, 1029, 1000));
  EXPECT_THAT(kept_, SizeIs(30));
  EXPECT_FALSE(Fill({.rows = 50}, kFirstPortion, 999, 1000));
  EXPECT_THAT(kept_, SizeIs(0));
}

TEST_F(Stretches, FewGrantedAmongManyAreFoundByLongerAndLongerStretches) {
  EXPECT_TRUE(Fill({.rows = 50}, kFirstPortion, 99'999, 1000, /*each=*/100));
  EXPECT_THAT(kept_, SizeIs(50));
  EXPECT_THAT(wanted_, Each(Le(50)));
  EXPECT_LE(wanted_.size(), 10U);
  EXPECT_FALSE(Fill({.rows = 50}, kFirstPortion, 4999, 1000, /*each=*/100));
  EXPECT_THAT(kept_, SizeIs(40));
}

constexpr PageLimits kList{50, 1 << 20};

TEST(UsualSize, IsNotKnownAtFirst) {
  const UsualSize usual;
  EXPECT_EQ(usual.FirstOf(kSnapshot), kFirstPortion);
  EXPECT_EQ(usual.FirstOf({.rows = 5}), 5);
}

TEST(UsualSize, LetsAPageOfSmallOnesBeReadAtOnceAndOfLargeOnesHardlyMoreThanItHolds) {
  UsualSize usual;
  usual.Saw(3000);
  EXPECT_EQ(usual.FirstOf(kSnapshot), 1000);
  EXPECT_EQ(usual.FirstOf(kList), 50);
  for (int i = 0; i < 100; ++i) usual.Saw(1 << 20);
  EXPECT_THAT(usual.FirstOf(kSnapshot), AllOf(Ge(4), Le(5))) << "four of 1 MiB are a page";
  EXPECT_THAT(usual.FirstOf(kList), AllOf(Ge(1), Le(2)));
  for (int i = 0; i < 200; ++i) usual.Saw(3000);
  EXPECT_EQ(usual.FirstOf(kSnapshot), 1000);
}

TEST_F(Stretches, OfWhatAListReadsTheNextOneKnowsTheSize) {
  world_.Create("999900006");
  ListCommand list{world_.As("school"), world_.region, {}, std::nullopt, kList};
  UsualSize usual;
  FirstReceipts receipts;
  VSV_ASSERT_OK(pg::RunInTransaction(
      world_.db().app(), pg::Mode::kReadWrite, list.asker.deadline, {{"school"}},
      [&](pg::Transaction& tx) {
        return ListIn(tx, list, world_.keys(), absl::Hours(1), receipts, usual).status();
      }));
  EXPECT_EQ(usual.FirstOf(kList), 50);
}

}  // namespace
}  // namespace vsv::dossiers

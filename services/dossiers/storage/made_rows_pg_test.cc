// The answer to who makes dossiers is not read back, and yet what a read would give.
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/same_rows.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;

class MadeRows : public ::testing::Test {
 protected:
  std::vector<std::string> Sql(const std::string& sql) { return world_.db().Superuser(sql); }

  TestWorld world_;
};

TEST_F(MadeRows, AreWhatAReadGives) {
  world_.Create("999900001", "other-school");  // its pupil is known already
  std::vector<CreateCommand> commands;
  for (const char* pgn : {"999900001", "999900002"}) {
    commands.push_back(world_.CreateCommandFor(pgn, "school"));
    Dossier& dossier = commands.back().dossier;
    // Finer than PostgreSQL keeps.
    for (auto& [state, entered] : dossier.state_times) entered += absl::Nanoseconds(700);
    dossier.created_at += absl::Nanoseconds(700);
    dossier.updated_at += absl::Nanoseconds(700);
    std::swap(commands.back().sections.front(), commands.back().sections.back());
  }
  for (const auto& made : world_.store().Create(commands)) {
    VSV_ASSERT_OK(made);
    VSV_ASSERT_OK_AND_ASSIGN(const DossierRow read,
                             world_.Get(world_.As("school"), made->dossier.id));
    ExpectSame(*made, read);
  }
}

TEST_F(MadeRows, HoldNothingThatIsNotGranted) {
  Sql("DELETE FROM basis_rules WHERE relation = 'DELIVERING' AND category IN ('HEALTH', 'PGN')");
  const CreateCommand command = world_.CreateCommandFor("999900001", "school");
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow made,
                           std::move(world_.store().Create({command}).front()));
  EXPECT_EQ(made.granted, kAllCategories.Minus({Category::kHealth, Category::kPgn}));
  EXPECT_FALSE(made.pgn.has_value());
  EXPECT_THAT(made.sections, SizeIs(6));
  for (const Section& section : made.sections) EXPECT_NE(section.category, Category::kHealth);
}

TEST_F(MadeRows, OfABatchAreEachJudgedForTheirOwnMaker) {
  Sql("UPDATE directory_organisations SET status = 'SUSPENDED' WHERE organisation_id = "
      "'other-school'");
  const auto made = world_.store().Create({world_.CreateCommandFor("999900001", "school"),
                                           world_.CreateCommandFor("999900002", "other-school"),
                                           world_.CreateCommandFor("999900003", "school")});
  for (const size_t granted : {0, 2}) {
    VSV_ASSERT_OK(made[granted]);
    EXPECT_EQ(made[granted]->granted, kAllCategories);
  }
  VSV_ASSERT_OK(made[1]);
  EXPECT_EQ(made[1]->granted, CategorySet({Category::kProcess}));
  EXPECT_THAT(made[1]->sections, IsEmpty());
  EXPECT_FALSE(made[1]->pgn.has_value());
}

TEST_F(MadeRows, AreNotGivenAndNotMadeOnAStaleRegister) {
  world_.SetRegisterAge(absl::Minutes(1));
  EXPECT_THAT(world_.store().Create({world_.CreateCommandFor("999900001", "school")}).front(),
              HasReason("PROJECTION_STALE"));
  EXPECT_THAT(Sql("SELECT count(*) FROM dossiers"), ElementsAre("0"));
}

TEST_F(MadeRows, LeaveARecordAnEventAndAnAuditEntryEach) {
  std::vector<CreateCommand> commands;
  for (int i = 0; i < 20; ++i)
    commands.push_back(world_.CreateCommandFor(absl::StrCat(999900001 + i), "school"));
  for (const auto& made : world_.store().Create(commands)) VSV_ASSERT_OK(made);
  EXPECT_THAT(Sql("SELECT count(*) FROM dossiers d"
                  "  JOIN request_records r ON r.reference = d.id::text"
                  "  JOIN feed_outbox o ON o.resource_id = d.id::text AND o.version = d.version"),
              ElementsAre("20"));
  EXPECT_THAT(Sql("SELECT count(*), count(DISTINCT subject_hash) FROM audit_entries e"
                  "  JOIN audit_entry_subjects s ON s.entry_id = e.id WHERE e.outcome = 'GRANTED'"),
              ElementsAre("20|20"));
  EXPECT_THAT(Sql("SELECT sum(delta) FROM process_counts WHERE process = 'TRANSITION'"),
              ElementsAre("20"));
}

}  // namespace
}  // namespace vsv::dossiers

#include "libs/feed/reader.h"

#include "libs/feed/epoch.h"
#include "libs/feed/testing_feed.h"

#include <string>

namespace vsv::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using vsv::testing::HasReason;

class Feed : public FeedTest {};

TEST_F(Feed, NumbersEachRegionFromOneWithoutGaps) {
  Change("16", 3);
  Change("19", 2);
  Change("16", 1);
  Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch batch, Read({{"16", 0}, {"19", 0}}));
  std::vector<std::pair<std::string, int64_t>> seen;
  for (const FeedEntry& entry : batch.entries) seen.emplace_back(entry.region, entry.position);
  EXPECT_THAT(seen, ElementsAre(Pair("16", 1), Pair("16", 2), Pair("16", 3), Pair("16", 4),
                                Pair("19", 1), Pair("19", 2)));
  EXPECT_THAT(batch.positions, ElementsAre(Pair("16", 4), Pair("19", 2)));
}

TEST_F(Feed, CarriesWhatTheWriterSaid) {
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) {
    return AppendOutbox(tx, {{"16", "DOSSIER", "some-id", 7}});
  }));
  Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch batch, Read({{"16", 0}}));
  ASSERT_EQ(batch.entries.size(), 1);
  EXPECT_EQ(batch.entries[0].resource_kind, "DOSSIER");
  EXPECT_EQ(batch.entries[0].resource_id, "some-id");
  EXPECT_EQ(batch.entries[0].version, 7);
}

TEST_F(Feed, IsReadInPortionsAndOnlyForTheRegionsAsked) {
  Change("16", 5);
  Change("19", 5);
  Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(FeedBatch batch, Read({{"16", 0}}, 2));
  EXPECT_EQ(batch.entries.size(), 2);
  EXPECT_TRUE(batch.more);
  EXPECT_EQ(batch.current_as_of, std::nullopt);
  VSV_ASSERT_OK_AND_ASSIGN(batch, Read(batch.positions, 3));
  EXPECT_EQ(batch.entries.size(), 3);
  EXPECT_FALSE(batch.more);
  EXPECT_TRUE(batch.current_as_of.has_value());
  VSV_ASSERT_OK_AND_ASSIGN(batch, Read(batch.positions));
  EXPECT_TRUE(batch.entries.empty());
  EXPECT_TRUE(batch.current_as_of.has_value());
}

TEST_F(Feed, AnUnknownRegionIsEmptyAndAnOutboxRowIsNotYetInTheFeed) {
  Sequence();
  Change("16");
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch batch, Read({{"16", 0}, {"40", 0}}));
  EXPECT_TRUE(batch.entries.empty());
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) -> absl::Status {
    VSV_ASSIGN_OR_RETURN(const Positions heads, GetHeads(tx, {"16", "40"}));
    EXPECT_THAT(heads, ElementsAre(Pair("16", 0), Pair("40", 0)));
    VSV_ASSIGN_OR_RETURN(const FeedStatus status, GetStatus(tx));
    EXPECT_EQ(status.unsequenced, 1);
    return absl::OkStatus();
  }));
}

TEST_F(Feed, RegionsAtRestTakeNothingOfTheLimitFromTheOthers) {
  Change("16", 20);
  Change("19", 3);
  Sequence();
  Positions after;
  for (int region = 1; region <= 40; ++region) {
    after[(region < 10 ? "0" : "") + std::to_string(region)] = 0;
  }
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) -> absl::Status {
    VSV_ASSIGN_OR_RETURN(const FeedBatch shared, ReadFeed(tx, after, 10));
    EXPECT_EQ(shared.positions.at("16"), 5);
    EXPECT_EQ(shared.positions.at("19"), 3);
    EXPECT_TRUE(shared.more);
    VSV_ASSIGN_OR_RETURN(const FeedBatch rest, ReadFeed(tx, shared.positions, 100));
    EXPECT_EQ(rest.positions.at("16"), 20);
    EXPECT_FALSE(rest.more);
    return absl::OkStatus();
  }));
}

TEST_F(Feed, IsCurrentAsOfAMomentThatLeavesNothingBehind) {
  const absl::Time before = absl::Now();
  Change("16");
  Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch batch, Read({{"16", 0}}));
  ASSERT_TRUE(batch.current_as_of.has_value());
  EXPECT_GT(*batch.current_as_of, before);
  EXPECT_LE(*batch.current_as_of, absl::Now());
}

TEST_F(Feed, APositionBeforeWhatIsKeptHasExpired) {
  Change("16", 5);
  Sequence();
  absl::SleepFor(absl::Milliseconds(5));
  const absl::Time cut = absl::Now();
  Change("16", 2);
  Sequence();
  int64_t purged = 0;
  const auto purge = [&](int64_t limit) {
    return InWorker([&, limit](pg::Transaction& tx) -> absl::Status {
      VSV_ASSIGN_OR_RETURN(purged, PurgeFeed(tx, cut, limit));
      return absl::OkStatus();
    });
  };
  VSV_ASSERT_OK(purge(2));
  EXPECT_EQ(purged, 2);
  VSV_ASSERT_OK(purge(100));
  EXPECT_EQ(purged, 3);
  EXPECT_THAT(Read({{"16", 0}}), HasReason("CURSOR_EXPIRED"));
  EXPECT_THAT(Read({{"16", 4}}), HasReason("CURSOR_EXPIRED"));
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch batch, Read({{"16", 5}}));
  EXPECT_EQ(batch.entries.size(), 2);
  // Numbering goes on behind a purge of everything.
  VSV_ASSERT_OK(InWorker(
      [&](pg::Transaction& tx) { return PurgeFeed(tx, absl::InfiniteFuture(), 100).status(); }));
  Change("16");
  Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const FeedBatch later, Read({{"16", 7}}));
  ASSERT_EQ(later.entries.size(), 1);
  EXPECT_EQ(later.entries[0].position, 8);
}

TEST_F(Feed, APositionThatWasNeverHandedOutHasExpired) {
  Change("16", 2);
  Sequence();
  EXPECT_THAT(Read({{"16", 3}}), HasReason("CURSOR_EXPIRED"));
  EXPECT_THAT(Read({{"40", 1}}), HasReason("CURSOR_EXPIRED"));
}

TEST_F(Feed, ASecondNumberingOfTheSameRowsCollides) {
  Change("16");
  Sequence();
  database_->Superuser("UPDATE feed_heads SET position = 7");
  EXPECT_EQ(database_->Superuser(
                "WITH x AS (INSERT INTO feed SELECT region_id, 8, outbox_id, resource_kind, "
                "resource_id, version, now() FROM feed ON CONFLICT DO NOTHING RETURNING 1) "
                "SELECT count(*) FROM x")[0],
            "0");
}

TEST_F(Feed, TheAppCannotRewriteIt) {
  Change("16");
  Sequence();
  constexpr pg::Statement kDelete{"tests.delete", "DELETE FROM feed"};
  constexpr pg::Statement kUpdate{"tests.update", "UPDATE feed SET version = 0"};
  EXPECT_FALSE(InApp([&](pg::Transaction& tx) { return tx.Execute(kDelete).status(); }).ok());
  EXPECT_FALSE(InApp([&](pg::Transaction& tx) { return tx.Execute(kUpdate).status(); }).ok());
  EXPECT_FALSE(InWorker([&](pg::Transaction& tx) { return tx.Execute(kUpdate).status(); }).ok());
}

TEST_F(Feed, TheMigrationsCanBeVerifiedAndReverted) {
  for (const char* name : {"feed", "projection_cursors"}) {
    EXPECT_TRUE(database_->ApplyFile(absl::StrCat("libs/feed/migrations/", name, "_verify.sql")));
    EXPECT_TRUE(database_->ApplyFile(absl::StrCat("libs/feed/migrations/", name, "_revert.sql")));
    EXPECT_TRUE(database_->ApplyFile(absl::StrCat("libs/feed/migrations/", name, ".sql")));
  }
}

class Epoch : public FeedTest {
 protected:
  absl::StatusOr<std::string> In(pg::Pool& pool,
                                 absl::StatusOr<std::string> (*function)(pg::Transaction&)) {
    std::string epoch;
    VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool, pg::Mode::kReadWrite, Soon(), {},
                                             [&](pg::Transaction& tx) -> absl::Status {
                                               VSV_ASSIGN_OR_RETURN(epoch, function(tx));
                                               return absl::OkStatus();
                                             }));
    return epoch;
  }
};

TEST_F(Epoch, BeginsAtTheFirstStartAndStays) {
  EXPECT_THAT(In(database_->app(), ReadEpoch), HasReason("DATABASE_UNAVAILABLE"));
  VSV_ASSERT_OK(CheckEpochAtStart(database_->worker(), Soon()));
  VSV_ASSERT_OK_AND_ASSIGN(const std::string first, In(database_->app(), ReadEpoch));
  VSV_ASSERT_OK(CheckEpochAtStart(database_->worker(), Soon()));
  VSV_ASSERT_OK_AND_ASSIGN(const std::string second, In(database_->app(), ReadEpoch));
  EXPECT_EQ(first, second);
}

TEST_F(Epoch, RefusesToStartOnAnotherTimelineUntilItIsBumped) {
  VSV_ASSERT_OK(CheckEpochAtStart(database_->worker(), Soon()));
  VSV_ASSERT_OK_AND_ASSIGN(const std::string before, In(database_->app(), ReadEpoch));
  // As after a restore: the row came from another history.
  database_->Superuser("UPDATE feed_epoch SET timeline = '7000000000000000000/00000001'");
  EXPECT_THAT(CheckEpochAtStart(database_->worker(), Soon()), HasReason("EPOCH_STALE"));
  Change("16");
  Sequencer sequencer(database_->worker(), {});
  EXPECT_THAT(sequencer.RunOnce(Soon()), HasReason("EPOCH_STALE"));
  EXPECT_EQ(database_->Superuser("SELECT count(*) FROM feed")[0], "0");
  VSV_ASSERT_OK_AND_ASSIGN(const std::string after, In(database_->worker(), BumpEpoch));
  EXPECT_NE(after, before);
  VSV_ASSERT_OK(CheckEpochAtStart(database_->worker(), Soon()));
  VSV_ASSERT_OK(sequencer.RunOnce(Soon()));
}

}  // namespace
}  // namespace vsv::feed

// What the tests of the feed share: a database with its tables and a few resources that writers
// change.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/feed/outbox.h"
#include "libs/feed/reader.h"
#include "libs/feed/sequencer.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::feed {

class FeedTest : public ::testing::Test {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  absl::Status InApp(const std::function<absl::Status(pg::Transaction&)>& body) {
    return pg::RunInTransaction(database_->app(), pg::Mode::kReadWrite, Soon(), {}, body);
  }

  absl::Status InWorker(const std::function<absl::Status(pg::Transaction&)>& body) {
    return pg::RunInTransaction(database_->worker(), pg::Mode::kReadWrite, Soon(), {}, body);
  }

  // Commits `count` changes of one resource in one region.
  void Change(const std::string& region, int count = 1, const std::string& id = "r") {
    for (int i = 0; i < count; ++i) {
      VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) {
        return AppendOutbox(tx, {{region, "THING", id, ++version_}});
      }));
    }
  }

  // Numbers all there is.
  void Sequence() {
    Sequencer sequencer(database_->worker(), {});
    absl::StatusOr<SequencerRound> round = sequencer.RunOnce(Soon());
    VSV_ASSERT_OK(round);
    while (round.ok() && round->more) round = sequencer.RunOnce(Soon());
    VSV_ASSERT_OK(round);
  }

  absl::StatusOr<FeedBatch> Read(const Positions& after, int64_t limit = 100) {
    FeedBatch batch;
    VSV_RETURN_IF_ERROR(InApp([&](pg::Transaction& tx) -> absl::Status {
      VSV_ASSIGN_OR_RETURN(batch, ReadFeed(tx, after, limit));
      return absl::OkStatus();
    }));
    return batch;
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty(
      "feedtest", {"libs/feed/migrations/feed.sql", "libs/feed/migrations/projection_cursors.sql"});
  int64_t version_ = 0;
};

}  // namespace vsv::feed

#include "libs/server/server_process.h"

#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/feed/outbox.h"
#include "libs/feed/reader.h"
#include "libs/feed/sequencer.h"
#include "libs/server/begin_epoch.h"
#include "libs/server/chores.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace vsv::server {
namespace {

rpc::ServerConfig ConfigFor(const testing::PgDatabase& database) {
  rpc::ServerConfig config;
  config.database_url = database.app_url();
  config.worker_database_url = database.worker_url();
  config.worker_threads = 4;
  config.connections = 2;
  config.cursor_key = std::string(32, 'k');
  config.projection_max_age = absl::Seconds(60);
  return config;
}

// Where who follows the feed from the beginning is, after the chores of a year.
absl::Status BeginAfterAYear(std::optional<absl::Duration> retention) {
  const auto database = testing::PgDatabase::OfService("partners");
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  const auto in = [latest](pg::Pool& pool, const auto& body) {
    return pg::RunInTransaction(pool, pg::Mode::kReadWrite, latest, {}, body);
  };
  VSV_RETURN_IF_ERROR(in(database->app(), [](pg::Transaction& tx) {
    return feed::AppendOutbox(tx, {{"00", "ORGANISATION", "school", 1}});
  }));
  feed::Sequencer sequencer(database->worker(), {});
  VSV_RETURN_IF_ERROR(sequencer.RunOnce(latest).status());
  const base::FakeClock clock(absl::Now() + absl::Hours(365 * 24));
  for (const pg::Chore& chore : ChoresOf(clock, retention)) {
    VSV_RETURN_IF_ERROR(
        in(database->worker(), [&](pg::Transaction& tx) { return chore.run(tx).status(); }));
  }
  return in(database->app(), [](pg::Transaction& tx) -> absl::Status {
    VSV_ASSIGN_OR_RETURN(const feed::FeedBatch batch, feed::ReadFeed(tx, {{"00", 0}}, 10));
    EXPECT_EQ(batch.entries.size(), 1U);
    return absl::OkStatus();
  });
}

TEST(ChoresTest, ForgetOldChangesButNoneOfAFeedThatIsKeptWhole) {
  EXPECT_THAT(BeginAfterAYear(absl::Hours(14 * 24)), testing::HasReason("CURSOR_EXPIRED"));
  VSV_EXPECT_OK(BeginAfterAYear(std::nullopt));
}

TEST(ServerProcessTest, WaitsForADatabaseThatIsNotThereYet) {
  const auto database = testing::PgDatabase::OfService("partners");
  const auto limit = [&](int connections) {
    database->Superuser(
        absl::StrCat("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT ", connections,
                     "', current_database()); END $$"));
  };
  limit(0);
  std::thread comes([&] {
    absl::SleepFor(absl::Seconds(1));
    limit(-1);
  });
  EXPECT_THAT(ServerProcess::Open(ConfigFor(*database), {.service = "partners"}), testing::IsOk());
  comes.join();
}

// Its calls have taken every connection that calls may have.
TEST(ServerProcessTest, KnowsWhetherTheDatabaseAnswersHoweverManyCallsWaitForIt) {
  const auto database = testing::PgDatabase::OfService("partners");
  const auto process =
      ServerProcess::Open(ConfigFor(*database), {.service = "partners", .stream_connections = 1});
  VSV_ASSERT_OK(process);
  std::vector<pg::Pool::Lease> calls;
  while (true) {
    auto lease = (*process)->app().Acquire(absl::Now() + absl::Seconds(2));
    if (!lease.ok()) break;
    calls.push_back(*std::move(lease));
  }
  EXPECT_EQ(calls.size(), 2U);
  VSV_EXPECT_OK((*process)->keeper().Refresh());
  VSV_EXPECT_OK((*process)->Ready());
  VSV_EXPECT_OK((*process)->streams().Acquire(absl::Now() + absl::Seconds(20)));
}

// A restored database says that it knows the register up to a moment ago; but of another history.
TEST(ServerProcessTest, DecidesOnNothingThatWasRestoredBeforeItHearsTheRegister) {
  const auto database = testing::PgDatabase::Empty(
      "follower", {"libs/feed/migrations/feed.sql", "libs/feed/migrations/projection_cursors.sql",
                   "libs/directory/migrations/directory.sql"});
  const auto ready = [&database] {
    const auto process = ServerProcess::Open(ConfigFor(*database), {.service = "follower"});
    return process.ok() ? (*process)->Ready() : process.status();
  };
  database->Superuser("INSERT INTO projection_cursors VALUES ('partners', 'behind-7', now())");
  VSV_EXPECT_OK(ready());
  VSV_ASSERT_OK(BeginEpoch("follower", ConfigFor(*database)));
  EXPECT_EQ(ready().message(), "what is known of the register is too old");
  EXPECT_EQ(database->Superuser("SELECT cursor FROM projection_cursors"),
            std::vector<std::string>{"behind-7"});
  database->Superuser("UPDATE projection_cursors SET heartbeat_at = now()");
  VSV_EXPECT_OK(ready());
}

}  // namespace
}  // namespace vsv::server

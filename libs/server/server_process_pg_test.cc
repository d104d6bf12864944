// A server whose calls have taken every connection that calls may have.
#include "libs/server/server_process.h"

#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vsv::server {
namespace {

TEST(ServerProcessTest, KnowsWhetherTheDatabaseAnswersHoweverManyCallsWaitForIt) {
  const auto database = testing::PgDatabase::OfService("partners");
  rpc::ServerConfig config;
  config.database_url = database->app_url();
  config.worker_database_url = database->worker_url();
  config.worker_threads = 4;
  config.connections = 2;
  config.cursor_key = std::string(32, 'k');
  config.projection_max_age = absl::Seconds(5);
  const auto process =
      ServerProcess::Open(config, {.service = "partners", .stream_connections = 1});
  VSV_ASSERT_OK(process);
  std::vector<pg::Pool::Lease> calls;
  while (true) {
    auto lease = (*process)->app().Acquire(absl::Now() + absl::Milliseconds(200));
    if (!lease.ok()) break;
    calls.push_back(*std::move(lease));
  }
  EXPECT_EQ(calls.size(), 2U);
  VSV_EXPECT_OK((*process)->DatabaseAnswers());
  EXPECT_TRUE((*process)->streams().Acquire(absl::Now() + absl::Seconds(5)).ok());
}

}  // namespace
}  // namespace vsv::server

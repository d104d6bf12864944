#include "libs/pg/pool.h"

#include "libs/pg/connection.h"
#include "libs/testing/eventually.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>

namespace vsv::pg {
namespace {

using ::testing::HasSubstr;
using vsv::testing::Eventually;
using vsv::testing::HasReason;
using vsv::testing::IsOk;
using vsv::testing::StatusIs;

absl::Time In(absl::Duration time) {
  return absl::Now() + time;
}

class PgPool : public ::testing::Test {
 protected:
  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty("pgtest", {});
};

TEST_F(PgPool, IsBounded) {
  Pool pool({database_->app_url(), 2, "bounded", nullptr, nullptr});
  auto one = pool.Acquire(In(absl::Seconds(5)));
  auto two = pool.Acquire(In(absl::Seconds(5)));
  VSV_ASSERT_OK(one);
  VSV_ASSERT_OK(two);
  EXPECT_THAT(pool.Acquire(In(absl::Milliseconds(50))), HasReason("OVERLOADED"));
}

// A thread of this process, whatever it waits for.
bool Sleeps(pid_t thread) {
  std::string stat;
  std::getline(std::ifstream(absl::StrCat("/proc/self/task/", thread, "/stat")), stat);
  return absl::StrContains(stat.substr(stat.rfind(')') + 1), " S ");
}

TEST_F(PgPool, ServesWhoWaitsInTheOrderOfArrival) {
  Pool pool({database_->app_url(), 1, "fair", nullptr, nullptr});
  std::optional<Pool::Lease> held(*pool.Acquire(In(absl::Seconds(5))));
  std::mutex mutex;
  std::vector<int> order;
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) {
    std::atomic<pid_t> arriving = 0;
    threads.emplace_back([&, i] {
      arriving = gettid();
      const auto lease = pool.Acquire(In(absl::Seconds(20)));
      const std::lock_guard<std::mutex> lock(mutex);
      EXPECT_THAT(lease, IsOk());
      order.push_back(i);
    });
    // So that they arrive one after the other: it sleeps once it stands in line.
    EXPECT_TRUE(Eventually([&] { return arriving != 0 && Sleeps(arriving); }));
  }
  held.reset();
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(PgPool, OpensAConnectionEvenWhenItsCallerIsTooLateForIt) {
  Pool pool({database_->app_url(), 1, "late", nullptr, nullptr});
  VSV_EXPECT_OK(pool.Acquire(absl::Now()));
}

TEST_F(PgPool, ClosesAConnectionThatComesBackInsideATransaction) {
  Pool pool({database_->app_url(), 1, "clean", nullptr, nullptr});
  int pid = 0;
  {
    auto lease = pool.Acquire(In(absl::Seconds(5)));
    VSV_ASSERT_OK(lease);
    pid = lease->connection().backend_pid();
    VSV_ASSERT_OK(lease->connection().Command("BEGIN", In(absl::Seconds(5))));
  }
  auto lease = pool.Acquire(In(absl::Seconds(5)));
  VSV_ASSERT_OK(lease);
  EXPECT_NE(lease->connection().backend_pid(), pid);
  EXPECT_FALSE(lease->reused());
}

TEST_F(PgPool, TellsTheLogWhyItCannotConnectAndTheCallerNothing) {
  std::string cause;
  Pool pool({"host=/nonexistent-directory", 1, "lost",
             [&](absl::string_view why) { cause = std::string(why); }, nullptr});
  EXPECT_THAT(pool.Acquire(In(absl::Seconds(5))), HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(cause, HasSubstr("nonexistent-directory"));
  // The place in the pool is free again.
  EXPECT_THAT(pool.Acquire(In(absl::Seconds(5))), HasReason("DATABASE_UNAVAILABLE"));
}

TEST_F(PgPool, RefusesASuperuser) {
  Pool pool({database_->superuser_url(), 1, "root", nullptr, nullptr});
  EXPECT_THAT(pool.Acquire(In(absl::Seconds(5))), StatusIs(absl::StatusCode::kInternal));
}

TEST_F(PgPool, CheckRoleRefusesAnOwnerOfTablesAndItsMembers) {
  database_->Superuser(
      "CREATE TABLE things (id int); ALTER TABLE things OWNER TO vsv_pgtest_owner");
  Pool owner({database_->owner_url(), 1, "owner", nullptr, nullptr});
  EXPECT_THAT(owner.CheckRole(In(absl::Seconds(5))), HasReason("ROLE_UNSAFE"));
  VSV_EXPECT_OK(database_->app().CheckRole(In(absl::Seconds(5))));
  VSV_EXPECT_OK(database_->worker().CheckRole(In(absl::Seconds(5))));
}

TEST_F(PgPool, CheckRoleRefusesBypassOfRowLevelSecurity) {
  database_->Superuser(
      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vsv_pgbypass_app') THEN "
      "CREATE ROLE vsv_pgbypass_app LOGIN BYPASSRLS; END IF; END $$");
  Pool pool({database_->superuser_url() + " user=vsv_pgbypass_app", 1, "bypass", nullptr, nullptr});
  EXPECT_THAT(pool.CheckRole(In(absl::Seconds(5))), HasReason("ROLE_UNSAFE"));
}

TEST_F(PgPool, TellsTheObserverOfEveryStatement) {
  std::vector<std::string> seen;
  Pool pool({database_->app_url(), 1, "seen", nullptr,
             [&](const char* statement, absl::Duration, absl::StatusCode) {
               seen.emplace_back(statement);
             }});
  VSV_ASSERT_OK(pool.CheckRole(In(absl::Seconds(5))));
  EXPECT_THAT(seen, ::testing::ElementsAre("pg.check_role"));
}

}  // namespace
}  // namespace vsv::pg

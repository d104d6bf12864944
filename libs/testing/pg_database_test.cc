#include "libs/testing/pg_database.h"

#include "libs/testing/status_matchers.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace vsv::testing {
namespace {

constexpr pg::Statement kWhoAmI{
    "testing.who_am_i", "SELECT current_user::text AS role, current_database()::text AS db"};

TEST(PgDatabase, GivesEachTestADatabaseOfItsOwn) {
  const auto one = PgDatabase::Empty("testingtest", {});
  const auto two = PgDatabase::Empty("testingtest", {});
  one->Superuser("CREATE TABLE only_here (id int)");
  EXPECT_EQ(one->Superuser("SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'")[0], "1");
  EXPECT_EQ(two->Superuser("SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'")[0], "0");
}

TEST(PgDatabase, ConnectsAsAppAndWorkerNeverAsOwner) {
  const auto database = PgDatabase::Empty("testingtest", {});
  std::string app;
  std::string worker;
  const auto ask = [](std::string& role) {
    return [&role](pg::Transaction& tx) -> absl::Status {
      auto rows = tx.Execute(kWhoAmI);
      if (!rows.ok()) return rows.status();
      role = (*rows)[0].Text("role");
      return absl::OkStatus();
    };
  };
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  VSV_ASSERT_OK(pg::RunInTransaction(database->app(), pg::Mode::kReadOnly, deadline, {}, ask(app)));
  VSV_ASSERT_OK(
      pg::RunInTransaction(database->worker(), pg::Mode::kReadOnly, deadline, {}, ask(worker)));
  EXPECT_EQ(app, "vsv_testingtest_app");
  EXPECT_EQ(worker, "vsv_testingtest_worker");
}

TEST(PgDatabase, IsDroppedAtItsEnd) {
  std::string name;
  {
    const auto database = PgDatabase::Empty("testingtest", {});
    name = database->name();
  }
  const auto other = PgDatabase::Empty("testingtest", {});
  EXPECT_EQ(other->Superuser("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'")[0],
            "0");
}

TEST(PgDatabase, SaysWhenAFileDoesNotApply) {
  const auto database = PgDatabase::Empty("testingtest", {});
  EXPECT_FALSE(database->ApplyFile("no/such/file.sql"));
}

}  // namespace
}  // namespace vsv::testing

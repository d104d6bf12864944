#include "libs/pg/housekeeper.h"

#include "libs/base/status_macros.h"
#include "libs/pg/idempotency.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <atomic>

namespace vsv::pg {
namespace {

class Housekeeping : public ::testing::Test {
 protected:
  std::unique_ptr<testing::PgDatabase> database_ =
      testing::PgDatabase::Empty("pgtest", {"libs/pg/migrations/idempotency.sql"});
  std::atomic<int> errors_{0};
};

TEST_F(Housekeeping, GoesOnUntilNothingIsLeftAndThenRests) {
  database_->Superuser(
      "INSERT INTO request_records SELECT 'o', 'm', '16', gen_random_uuid(), '', NULL, now(), "
      "now() - "
      "interval '1 day' * sign(n - 3) FROM generate_series(1, 25) n");
  std::atomic<int> portions{0};
  Housekeeper housekeeper(database_->worker(),
                          {{"purge", absl::Hours(1),
                            [&](Transaction& tx) {
                              ++portions;
                              return PurgeExpiredRequests(tx, 10);
                            }}},
                          [&](absl::string_view, const absl::Status&) { ++errors_; });
  housekeeper.Start();
  const absl::Time give_up = absl::Now() + absl::Seconds(10);
  while (portions.load() < 4 && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(5));
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(portions.load(), 4);  // 10 + 10 + 3 or so, and one that finds nothing
  EXPECT_EQ(database_->Superuser("SELECT count(*) FROM request_records")[0], "2");
  EXPECT_EQ(errors_.load(), 0);
}

TEST_F(Housekeeping, AFailingChoreIsToldAndDoesNotKeepTheOthers) {
  std::atomic<int> done{0};
  Housekeeper housekeeper(
      database_->worker(),
      {{"broken", absl::Hours(1), [](Transaction&) { return absl::InternalError("broken"); }},
       {"good", absl::Milliseconds(20),
        [&](Transaction&) -> absl::StatusOr<int64_t> {
          ++done;
          return 0;
        }}},
      [&](absl::string_view chore, const absl::Status&) {
        EXPECT_EQ(chore, "broken");
        ++errors_;
      });
  housekeeper.Start();
  const absl::Time give_up = absl::Now() + absl::Seconds(10);
  while (done.load() < 3 && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(5));
  housekeeper.Stop();
  EXPECT_GE(done.load(), 3);
  EXPECT_EQ(errors_.load(), 1);
}

}  // namespace
}  // namespace vsv::pg

#include "libs/pg/sqlstate.h"

#include "libs/testing/status_matchers.h"

#include "gtest/gtest.h"

namespace vsv::pg {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using vsv::testing::HasReason;
using vsv::testing::StatusIs;

absl::Status Map(const char* sqlstate) {
  return MapServerError({sqlstate, "message of the server", "some_key", "some_table"},
                        "tests.some");
}

TEST(SqlState, ViolationsCarryTheConstraintsName) {
  EXPECT_THAT(Map("23505"), StatusIs(absl::StatusCode::kAlreadyExists));
  for (const char* state : {"23503", "23514", "23P01"}) {
    EXPECT_THAT(Map(state), StatusIs(absl::StatusCode::kFailedPrecondition)) << state;
    EXPECT_EQ(ConstraintOf(Map(state)), "some_key") << state;
  }
  EXPECT_EQ(ConstraintOf(Map("40001")), "");
  EXPECT_EQ(ConstraintOf(absl::OkStatus()), "");
}

TEST(SqlState, ConflictsMayBeRunAgain) {
  for (const char* state : {"40001", "40P01", "55P03"}) {
    EXPECT_TRUE(IsTransactionConflict(Map(state))) << state;
    EXPECT_TRUE(EndsTransaction(Map(state))) << state;
  }
  EXPECT_FALSE(IsTransactionConflict(Map("23505")));
  EXPECT_FALSE(EndsTransaction(Map("23505")));
}

TEST(SqlState, LateIsLateAndAwayIsAway) {
  EXPECT_THAT(Map("57014"), StatusIs(absl::StatusCode::kDeadlineExceeded));
  for (const char* state : {"", "08006", "53300", "57P01", "57P03", "25P03"}) {
    EXPECT_THAT(Map(state), HasReason("DATABASE_UNAVAILABLE")) << state;
  }
}

TEST(SqlState, TheRestIsInternalAndNamesItsStatement) {
  const absl::Status status = Map("42P01");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(status.ToString(), HasSubstr("tests.some"));
  EXPECT_THAT(status.ToString(), HasSubstr("message of the server"));
}

TEST(SqlState, MessagesThatMayQuoteRowsAreDropped) {
  for (const char* state : {"22P02", "22001", "23502", "23505", "23514", "P0001"}) {
    EXPECT_THAT(Map(state).ToString(), Not(HasSubstr("message of the server"))) << state;
  }
}

}  // namespace
}  // namespace vsv::pg

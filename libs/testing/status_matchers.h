// Matchers over absl::Status and absl::StatusOr<T>.
#pragma once

#include "libs/errors/errors.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

#include <string>

namespace vsv::testing {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).ok();
}

// The reason of a status made by libs/errors, e.g. HasReason("ETAG_MISMATCH").
MATCHER_P(HasReason, reason,
          std::string(negation ? "has not" : "has") + " reason " + std::string(reason)) {
  const std::string actual = errors::ReasonOf(StatusOf(arg));
  *result_listener << "reason \"" << actual << "\" of " << StatusOf(arg);
  return actual == reason;
}

MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).code() == code;
}

// IsOkAndHolds(matcher of the value).
MATCHER_P(IsOkAndHolds, matcher, "is OK and holds a value that fits") {
  if (!arg.ok()) {
    *result_listener << arg.status();
    return false;
  }
  return ::testing::ExplainMatchResult(matcher, *arg, result_listener);
}

}  // namespace vsv::testing

#define VSV_ASSERT_OK(expression) ASSERT_THAT(expression, ::vsv::testing::IsOk())
#define VSV_EXPECT_OK(expression) EXPECT_THAT(expression, ::vsv::testing::IsOk())
// Declares or assigns; ends the test when the status is not OK. Only in functions that return void.
#define VSV_TESTING_JOIN_(a, b) a##b
#define VSV_TESTING_JOIN(a, b) VSV_TESTING_JOIN_(a, b)
#define VSV_ASSERT_OK_AND_ASSIGN(left, expression) \
  VSV_ASSERT_OK_AND_ASSIGN_(VSV_TESTING_JOIN(vsv_status_or_, __LINE__), left, expression)
#define VSV_ASSERT_OK_AND_ASSIGN_(status_or, left, expression) \
  auto status_or = (expression);                               \
  ASSERT_THAT(status_or, ::vsv::testing::IsOk());              \
  left = *std::move(status_or)

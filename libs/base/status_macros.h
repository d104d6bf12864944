// Early return of a status that is not OK. The suite's only macros; each evaluates its expression
// once.
#pragma once

#include "absl/base/optimization.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <utility>

namespace vsv::base::internal {

inline absl::Status StatusOf(const absl::Status& status) {
  return status;
}

template <typename T>
absl::Status StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

}  // namespace vsv::base::internal

#define VSV_STATUS_MACROS_JOIN_(a, b) a##b
#define VSV_STATUS_MACROS_JOIN(a, b) VSV_STATUS_MACROS_JOIN_(a, b)
// A name of its own for each use: an expression may hold a lambda that uses the macros again.
#define VSV_STATUS_MACROS_NAME(stem) VSV_STATUS_MACROS_JOIN(stem, __COUNTER__)

// VSV_RETURN_IF_ERROR(Check(x)); for an expression of absl::Status or absl::StatusOr<T>.
#define VSV_RETURN_IF_ERROR(expression) \
  VSV_RETURN_IF_ERROR_(VSV_STATUS_MACROS_NAME(vsv_status_), expression)

#define VSV_RETURN_IF_ERROR_(status, expression)                   \
  do {                                                             \
    if (auto status = ::vsv::base::internal::StatusOf(expression); \
        ABSL_PREDICT_FALSE(!status.ok()))                          \
      return status;                                               \
  } while (false)

// VSV_ASSIGN_OR_RETURN(const Row row, store.Get(id)); declares or assigns. Put a left side that
// holds a comma in parentheses of its own type alias.
#define VSV_ASSIGN_OR_RETURN(left, expression) \
  VSV_ASSIGN_OR_RETURN_(VSV_STATUS_MACROS_NAME(vsv_status_or_), left, expression)

#define VSV_ASSIGN_OR_RETURN_(status_or, left, expression)            \
  auto status_or = (expression);                                      \
  if (ABSL_PREDICT_FALSE(!status_or.ok())) return status_or.status(); \
  left = *std::move(status_or)

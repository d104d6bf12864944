// What lies behind a refusal, for log and metric alone: it never leaves, so that refusals that must
// look alike still tell an operator apart.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::errors {

// `status` with its cause, a constant phrase without ids ("organisation suspended").
absl::Status WithCause(absl::Status status, absl::string_view cause);

// That phrase, or "".
std::string CauseOf(const absl::Status& status);

}  // namespace vsv::errors

// What went wrong, for people.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::vsvctl {

// `status` of a call, with the id of its request when the change may have been made all the same.
absl::Status WithRequestId(const absl::Status& status, const std::string& request_id);

// A few lines: what was refused, the reason, each violation, and what to do where that is known.
std::string Explain(const absl::Status& status);

// 0 done, 1 refused or failed, 2 the command line is not understood: what a service refuses has a
// reason.
int ExitCodeOf(const absl::Status& status);

}  // namespace vsv::vsvctl

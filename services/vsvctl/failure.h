// What went wrong, for people.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::vsvctl {

// A few lines: what was refused, the reason, each violation, and what to do where that is known.
std::string Explain(const absl::Status& status);

}  // namespace vsv::vsvctl

// What `vsvctl help` says, in English and Dutch.
#pragma once

#include "absl/strings/string_view.h"

namespace vsv::vsvctl {

// `language`: "nl" for Dutch, anything else for English.
absl::string_view HelpText(absl::string_view language);

}  // namespace vsv::vsvctl

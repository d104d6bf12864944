// Text as it comes from outside.
#pragma once

#include "absl/strings/string_view.h"

#include <cstddef>
#include <optional>

namespace vsv::base {

// Number of Unicode characters (code points); nullopt when `text` is no well-formed UTF-8 (RFC
// 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
std::optional<size_t> Utf8Length(absl::string_view text);

inline bool IsValidUtf8(absl::string_view text) {
  return Utf8Length(text).has_value();
}

// Whether `text` holds a C0 or C1 control but LF and tab, or a mark that turns direction or is
// unseen.
bool HasControlCharacter(absl::string_view text);

}  // namespace vsv::base

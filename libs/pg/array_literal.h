// PostgreSQL's text forms of arrays and bytea.
#pragma once

#include "absl/strings/string_view.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::pg {

// Elements of a one-dimensional array literal such as `{a,"b c",NULL}`. nullopt for a NULL element.
// Nothing when `literal` is no such array.
std::optional<std::vector<std::optional<std::string>>> ParseArrayLiteral(absl::string_view literal);

// Bytes of `\x0102`; nothing when `text` is not in that form.
std::optional<std::string> ParseBytea(absl::string_view text);

}  // namespace vsv::pg

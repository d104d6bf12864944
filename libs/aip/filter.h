// Filters of lists: a documented subset of AIP-160.
//
//   filter     = [ condition { "AND" condition } ]
//   condition  = field operator value
//   operator   = "=" | "!=" | "<" | "<=" | ">" | ">="
//   value      = quoted text | bare word        e.g. "Amersfoort", SENT, 2024-04-01, 27, true
//
// No OR, no NOT, no parentheses, no functions and no wildcards: a filter is always a plain
// conjunction that an index can serve. A method declares which fields it filters on; only fields
// the caller may see belong in that list.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vsv::aip {

enum class FilterType {
  kText,     // quoted; = and != only
  kEnum,     // one of FilterField::enum_values, bare or quoted; = and != only
  kBool,     // true or false; = and != only
  kInteger,  // 64 bits
  kDate,     // 2024-04-01
  kTime,     // RFC 3339 with zone: 2024-04-01T12:00:00Z
};

struct FilterField {
  std::string name;  // path as the client writes it, e.g. "receiving_organisation"
  FilterType type = FilterType::kText;
  std::vector<std::string> enum_values = {};
};

enum class FilterOperator { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

using FilterValue = std::variant<std::string, int64_t, bool, absl::CivilDay, absl::Time>;

struct Condition {
  std::string field;
  FilterOperator op = FilterOperator::kEqual;
  FilterValue value;  // std::string for kText and kEnum
};

inline constexpr size_t kMaxFilterBytes = 2048;
inline constexpr size_t kMaxFilterConditions = 16;

// The conditions in the order they stand; none for an empty filter. FIELD_INVALID on `filter` with
// the position (counted from 1, in bytes) and what is wrong there.
absl::StatusOr<std::vector<Condition>> ParseFilter(absl::string_view filter,
                                                   absl::Span<const FilterField> fields);

}  // namespace vsv::aip

// Order of lists (AIP-132): "due_day desc, name".
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <string>
#include <vector>

namespace vsv::aip {

struct OrderKey {
  std::string field;
  bool descending = false;
  friend bool operator==(const OrderKey& a, const OrderKey& b) = default;
};

// The keys in order; none for an empty text. FIELD_INVALID on `order_by` for a field that is not in
// `allowed`, a field named twice, or anything but "asc" or "desc" behind a field.
absl::StatusOr<std::vector<OrderKey>> ParseOrderBy(absl::string_view order_by,
                                                   absl::Span<const std::string> allowed);

}  // namespace vsv::aip

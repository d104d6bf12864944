// Ids that cannot be taken for one another.
#pragma once

#include "absl/strings/string_view.h"

#include <functional>
#include <ostream>
#include <string>
#include <utility>

namespace vsv::base {

// A string with a type of its own: `struct DossierIdTag; using DossierId =
// StrongId<DossierIdTag>;`. Says nothing about the form of the string; whoever makes one has
// checked it.
template <typename Tag>
class StrongId {
 public:
  StrongId() = default;

  explicit StrongId(std::string value) : value_(std::move(value)) {}

  explicit StrongId(absl::string_view value) : value_(value) {}

  explicit StrongId(const char* value) : value_(value) {}

  const std::string& value() const { return value_; }

  bool empty() const { return value_.empty(); }

  friend bool operator==(const StrongId& a, const StrongId& b) = default;
  friend auto operator<=>(const StrongId& a, const StrongId& b) = default;

  template <typename H>
  friend H AbslHashValue(H state, const StrongId& id) {
    return H::combine(std::move(state), id.value_);
  }

  // For test failures and logs.
  friend std::ostream& operator<<(std::ostream& out, const StrongId& id) {
    return out << id.value_;
  }

 private:
  std::string value_;
};

}  // namespace vsv::base

// For std::unordered_map.
template <typename Tag>
struct std::hash<vsv::base::StrongId<Tag>> {
  size_t operator()(const vsv::base::StrongId<Tag>& id) const {
    return std::hash<std::string>()(id.value());
  }
};

// Names of the values of an enumeration, as they stand in the contract (without prefix), in the
// database and in filters.
#pragma once

#include "absl/strings/string_view.h"

#include <cstddef>
#include <optional>

namespace vsv::partners {

// Specialised beside each enumeration: `static constexpr absl::string_view kNames[]`, in the order
// of its values from 0.
template <typename Enum>
struct NamesOf;

template <typename Enum>
absl::string_view NameOf(Enum value) {
  return NamesOf<Enum>::kNames[static_cast<size_t>(value)];
}

// nullopt for a name that is none of them.
template <typename Enum>
std::optional<Enum> ParseName(absl::string_view name) {
  size_t value = 0;
  for (const absl::string_view candidate : NamesOf<Enum>::kNames) {
    if (candidate == name) return static_cast<Enum>(value);
    ++value;
  }
  return std::nullopt;
}

}  // namespace vsv::partners

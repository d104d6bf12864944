// The time a figure is about.
#pragma once

#include "absl/strings/string_view.h"

#include <compare>
#include <optional>
#include <string>

namespace vsv::outcomes {

// A school year ("2021-2022"), or a reporting year ("2016") where the source names one calendar
// year and does not say which school year that is. The two never compare equal: nobody may silently
// take one for the other.
struct Period {
  int first_year = 0;
  bool school_year = true;

  // nullopt for anything else, "2021-2023" included. Years 1990..2099.
  static std::optional<Period> Parse(absl::string_view text);
  std::string ToString() const;

  friend bool operator==(const Period& a, const Period& b) = default;

  friend std::strong_ordering operator<=>(const Period& a, const Period& b) {
    const std::strong_ordering years = a.first_year <=> b.first_year;
    return std::is_neq(years) ? years : a.school_year <=> b.school_year;
  }
};

}  // namespace vsv::outcomes

// Days between which something of the register holds.
#pragma once

#include "absl/time/civil_time.h"

#include <optional>

namespace vsv::partners {

// Whole days in Europe/Amsterdam; both ends belong to it.
struct Period {
  absl::CivilDay from;
  std::optional<absl::CivilDay> until;  // nullopt: until further notice

  bool Contains(absl::CivilDay day) const { return from <= day && (!until || day <= *until); }

  bool Overlaps(const Period& other) const {
    return (!other.until || from <= *other.until) && (!until || other.from <= *until);
  }

  friend bool operator==(const Period& a, const Period& b) = default;
};

}  // namespace vsv::partners

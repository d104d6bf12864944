// Counts of processes by state: what programs may know of dossiers. No personal data.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/time/civil_time.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace vsv::dossiers {

// What is counted. States are those of the process, by name (names.h).
enum class Process : uint8_t { kTransition, kWarmHandover, kFirstYear };

// Key of a counter: on any day the number in a state is the sum of the net changes up to and
// including that day.
struct CountKey {
  RegionId region;
  Process process = Process::kTransition;
  std::string state;
  OrganisationId responsible;
  absl::CivilDay due_on;
  absl::CivilDay day;  // of the change, in the Netherlands
  friend bool operator==(const CountKey&, const CountKey&) = default;
  friend std::strong_ordering operator<=>(const CountKey&, const CountKey&) = default;
};

// A change of one counter.
struct CountDelta {
  CountKey key;
  int64_t delta = 0;  // never 0
  friend bool operator==(const CountDelta&, const CountDelta&) = default;
};

}  // namespace vsv::dossiers

// First-year monitor: of those who started, who is no longer in that course on the count dates.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <string>

namespace vsv::dossiers {

// Switch = other course, same institution; deregistration = left the institution.
enum class FirstYearStatus : uint8_t { kStillEnrolled, kSwitched, kDeregistered };

// At most one per dossier and count date (1 November or 1 October of the next school year);
// recorded by the mbo.
struct FirstYearOutcome {
  absl::CivilDay count_on;
  FirstYearStatus status = FirstYearStatus::kStillEnrolled;
  std::string reason;       // name of the contract's enum, category CAREER; "" when still enrolled
  std::string destination;  // same
  absl::Time recorded_at;
};

}  // namespace vsv::dossiers

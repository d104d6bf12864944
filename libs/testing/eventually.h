// Waits for what another thread or process brings about.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <functional>

namespace vsv::testing {

// True as soon as `condition` is; false when that takes too long, so that a broken build fails
// instead of hanging.
inline bool Eventually(const std::function<bool()>& condition) {
  const absl::Time patience = absl::Now() + absl::Seconds(20);
  while (!condition()) {
    if (absl::Now() > patience) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

}  // namespace vsv::testing

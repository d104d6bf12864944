// The judgement of what a service does when far more is asked than it can do.
#pragma once

#include "tests/faults/load_seconds.h"

#include <string>
#include <vector>

namespace vsv::faults {

struct OverloadBounds {
  double factor = 5;        // least load under overload, in times of the peak
  double good_share = 0.8;  // least goodput, in parts of the peak
  double lost_share = 0;    // most of what takes something back that may be lost, in parts of it
};

struct OverloadReport {
  double peak = 0;                  // done per second, median of the seconds at peak
  double goodput = 0;               // likewise under overload
  double offered = 0;               // likewise asked for
  int recovery_seconds = 0;         // until 80 % of what is asked is done, from then on; -1: never
  std::vector<std::string> broken;  // promises, in words
};

// The promises: the bounds are kept, nothing failed in another way than by being shed or late, and
// at the latest from the tenth second after the overload on at least 80 % of what is asked is done
// in each.
OverloadReport JudgeOverload(const std::vector<LoadSecond>& seconds,
                             const OverloadBounds& bounds = {});

}  // namespace vsv::faults

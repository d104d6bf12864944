// Whether a history shows anything: where nobody wrote, read or looked, every promise was kept.
#pragma once

#include "tests/faults/history.h"

#include <string>
#include <vector>

namespace vsv::faults {

// What a round was to have, so that it can be missed.
struct Expected {
  std::vector<std::string> subscribers;  // sync clients and projections: each is shown something
  std::vector<std::string> trails;       // services whose audit trail was looked at
};

// What the history does not show, in words; empty when a verdict on it means something.
std::vector<std::string> Unshown(const History& history, const Expected& expected);

}  // namespace vsv::faults

// What every server forgets in the course of time.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/housekeeper.h"

#include "absl/time/time.h"

#include <optional>
#include <vector>

namespace vsv::server {

// Request ids after 72 h, changes after the retention of the feed. Without one the feed is kept
// whole: that of the register is, because who follows it from the beginning has no snapshot to
// begin with. `clock` must outlive the chores.
std::vector<pg::Chore> ChoresOf(const base::Clock& clock,
                                std::optional<absl::Duration> feed_retention);

}  // namespace vsv::server

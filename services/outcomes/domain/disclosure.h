// Disclosure control for the count tables that others than the owner may see.
//
// The catalogue is closed and small, and the promise below holds for it alone: per cohort ONE
// table, sliced in one dimension (level), with its total, computed once when the cohort is closed
// and stored with its pattern. So there is no second slicing, no earlier revision and no
// overlapping table to subtract from. Published figures of others pass as they are: they went
// through the publisher's own control.
#pragma once

#include "absl/types/span.h"

#include <cstdint>
#include <vector>

namespace vsv::outcomes {

// One slice: how many are counted (A - B) and how many of them are new vsv'ers (X), 0 <=
// early_leavers <= population.
struct CountCell {
  int64_t population = 0;
  int64_t early_leavers = 0;
};

inline constexpr int64_t kDefaultDisclosureThreshold = 5;

// True when neither the leavers nor the others of the cell are a group smaller than `threshold`.
// Zero counts as small: 0% and 100% say the same of every member of the group.
bool SafeToPublish(const CountCell& cell, int64_t threshold);

// Which cells of a table may be shown. A withheld cell is withheld whole: population, count and
// percentage.
struct Publication {
  bool total = false;
  std::vector<bool> cells;  // as the table's cells; all false when the total is withheld
};

// Withholds every unsafe cell (primary suppression), then further ones, smallest population first,
// until the withheld cells taken together, which is what total minus published cells yields, are at
// least two and safe as one group (complementary suppression). A table whose total is unsafe is
// withheld whole. Requires threshold >= 1.
Publication PlanPublication(absl::Span<const CountCell> table, int64_t threshold);

}  // namespace vsv::outcomes

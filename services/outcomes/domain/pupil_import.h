// What an import of pupils would change, decided from what is there. Pure; shared by every store.
#pragma once

#include "services/outcomes/domain/cohort.h"
#include "services/outcomes/domain/cohort_store.h"

#include "absl/types/span.h"

#include <string>
#include <vector>

namespace vsv::outcomes {

struct PupilImport {
  std::vector<PupilVerdict> verdicts;  // one per row, in order
  std::vector<CohortPupil> written;    // added and replaced
  int64_t added = 0;
};

// `there`: the stored pupils that share a key or a reference with a row. Rows are judged one after
// the other.
PupilImport PlanPupilImport(absl::Span<const CohortPupil> there,
                            absl::Span<const CohortPupil> rows);

// Slices of pupils by one dimension, in order: levels as Level, categories by number, units by
// code.
std::vector<SliceCount> CountPupils(absl::Span<const CohortPupil> pupils, CountDimension dimension);

// Puts slices into the order stated above.
void SortSlices(CountDimension dimension, std::vector<SliceCount>& slices);

}  // namespace vsv::outcomes

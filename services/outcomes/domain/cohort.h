// Cohorts: the pupils enrolled at an institution on a count date, kept as decisions, not as facts.
#pragma once

#include "services/outcomes/domain/disclosure.h"
#include "services/outcomes/domain/vsv_count.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

enum class CohortState { kOpen, kClosed };

struct Cohort {
  std::string region_id;
  std::string id;  // slug
  std::string institution_id;
  absl::CivilDay count_on;  // t, a 1 October
  CohortState state = CohortState::kOpen;
  int64_t record_count = 0;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
};

// What is kept of a pupil: a keyed hash of the number, the institution's own reference, the slices,
// and the decision. Numbers, birth dates, whereabouts and diplomas are not (minimisation, AVG art.
// 5(1)(c)).
struct CohortPupil {
  std::string
      pupil_key;  // HMAC-SHA256 over cohort and PGN, 32 bytes: two cohorts cannot be joined by it
  std::string record_reference;  // of the institution
  Level level = Level::kTotal;
  std::string unit_code;
  int prior_education_code = 0;
  CountDecision decision;
};

enum class CountDimension { kLevel, kUnit, kPriorEducation };

// One slice, counted.
struct SliceCount {
  std::string slice;  // code of the level or unit, number of the category
  CountTotals totals;
  int64_t outside_population = 0;
};

// Adds the slices up.
SliceCount TotalOf(absl::Span<const SliceCount> slices);

// One row of the table that others may see: what is withheld is not in it.
struct PublishedRow {
  std::string slice;  // "total" for the total
  std::optional<CountCell> cell;
};

// The one published table of a cohort, from its slices by level: the total first, then the levels
// in their order.
std::vector<PublishedRow> Publish(absl::Span<const SliceCount> by_level, int64_t threshold);

// Codes that no school learns per pupil: B3 (exemption) and C7 (detention), with C8 and C11 as
// cover, so that "another lawful reason" does not by itself mean one of the two (ours).
bool IsFolded(CountCode code);

}  // namespace vsv::outcomes

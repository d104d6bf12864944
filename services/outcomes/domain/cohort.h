// Cohorts: the pupils enrolled at an institution on a count date, kept as decisions, not as facts.
#pragma once

#include "services/outcomes/domain/disclosure.h"
#include "services/outcomes/domain/vsv_count.h"

#include "absl/strings/string_view.h"
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

// What an institution may call a record: 1 to 64 of letters, digits, '-', '_' and '.'.
bool IsRecordReference(absl::string_view text);

enum class CountDimension { kLevel, kUnit, kPriorEducation };

// Codes that no school learns per pupil: B3 (exemption) and C7 (detention), with C8 and C11 as
// cover, so that "another lawful reason" does not by itself mean one of the two (ours).
bool IsFolded(CountCode code);

// True when one of them is among the matches. Such a pupil is told as OTHER and nothing else: which
// code decides, and so the order of the matches, tells B3 from C7.
bool IsFolded(const CountDecision& decision);

// What may be told of a group: nothing in it depends on which codes are folded. B takes
// out some of the folded pupils (those with B3) and leaves the others, so A - B lies somewhere from
// `least` to `most`, and only where these are one number is it told.
struct ToldCell {
  int64_t least = 0;
  int64_t most = 0;
  int64_t early_leavers = 0;

  std::optional<int64_t> Denominator() const;
  friend bool operator==(const ToldCell&, const ToldCell&) = default;

  // X / (A - B) with as many decimals, two at most, as are the same for all of them; nullopt when
  // none are, and when nobody is left to count.
  std::optional<Decimal> Percent() const;
  // Whether it meets the norm; nullopt when that depends on which of them it is.
  std::optional<bool> Meets(const Decimal& norm) const;
};

// One slice, counted.
struct SliceCount {
  std::string slice;   // code of the level or unit, number of the category
  CountTotals open;    // of those without a folded code
  int64_t folded = 0;  // the others of A: which of the codes they have is not counted
  int64_t outside_population = 0;

  void Add(const CountDecision& decision, int64_t pupils = 1);
  ToldCell Told() const;
};

// Adds the slices up.
SliceCount TotalOf(absl::Span<const SliceCount> slices);

// One row of the table that others may see: what is withheld is not in it.
struct PublishedRow {
  std::string slice;  // "total" for the total
  std::optional<ToldCell> cell;
};

// The one published table of a cohort, from its slices by level: the total first, then the levels
// in their order. Like what the institution is told it does not depend on which codes are folded:
// whoever has both learns no more from them together.
std::vector<PublishedRow> Publish(absl::Span<const SliceCount> by_level, int64_t threshold);

}  // namespace vsv::outcomes

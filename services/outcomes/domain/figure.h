// Figures and their bitemporal history: valid for a period, known from a moment.
#pragma once

#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/domain/education.h"
#include "services/outcomes/domain/period.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// What a figure is about.
enum class SliceKind {
  kNational,
  kRegion,
  kInstitution,
  kCollege,
  kTeam,
  kDomain,
  kOther,  // any other group of an institution, e.g. a route: no part in the two-thirds rule
};

struct Slice {
  SliceKind kind = SliceKind::kInstitution;
  std::string organisation_id;  // slug; empty for kNational and kRegion
  std::string region_id;        // two digits; for kRegion alone
  std::string unit_code;        // code of the college, team or domain within the organisation
  std::string parent_code;      // college of a team
  Level level = Level::kTotal;
  Period period;

  friend auto operator<=>(const Slice&, const Slice&) = default;
};

enum class FigureOrigin { kPublished, kOwnEstimate };

// One cell: the figures with one key are versions of each other.
struct FigureKey {
  std::string indicator_id;
  int definition_version = 1;
  FigureOrigin origin = FigureOrigin::kPublished;
  Slice slice;

  friend auto operator<=>(const FigureKey&, const FigureKey&) = default;
};

// One text per cell, the same for every version of it; what figures are ordered by.
std::string CellOf(const FigureKey& key);

// How final a value was when it became known. Superseded is not stored: it is what every version is
// but the last one known.
enum class FigureStatus { kProvisional, kDefinitive, kRestated };

struct Figure {
  std::string id;  // UUIDv7
  FigureKey key;
  std::string unit_name;  // name of the unit as the source writes it
  Decimal value;
  std::optional<int64_t> numerator;
  std::optional<int64_t> denominator;
  bool denominator_derived = false;  // computed back from value and numerator, not published
  FigureStatus status = FigureStatus::kProvisional;
  absl::Time known_from;
  std::optional<absl::Time> superseded_at;  // known_from of the next version
  std::string source;                       // where exactly it was published
};

enum class Admission { kAdded, kUnchanged };

// May `next` follow `history` (versions of one key, ascending known_from)? kUnchanged when it
// repeats a version that is there. Refused, FAILED_PRECONDITION with a reason: FIGURE_ORDER (known
// earlier than, or at the same moment as, a different version), FIGURE_STATUS (a final value never
// becomes provisional again; a final value changes only by RESTATED; nothing final was there to
// restate).
absl::StatusOr<Admission> Admit(absl::Span<const Figure> history, const Figure& next);

// The version known at `moment`; nullptr when none was.
const Figure* KnownAt(absl::Span<const Figure> history, absl::Time moment);

// Why two versions of one cell differ, in one sentence for people; empty when they do not.
std::string WhyDifferent(const Figure& earlier, const Figure& later);

}  // namespace vsv::outcomes

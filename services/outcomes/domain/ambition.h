// Ambitions: what an institution or programme wants an indicator to become.
#pragma once

#include "services/outcomes/domain/figure.h"
#include "services/outcomes/domain/indicator.h"
#include "services/outcomes/domain/two_thirds.h"

#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

enum class Commitment { kFirm, kIndicative, kToBeSet };

struct AmbitionTarget {
  Period period;
  Commitment commitment = Commitment::kFirm;
  std::optional<Decimal> value;  // set unless kToBeSet
};

// A statement of another source on the same ambition that contradicts it. Kept and shown, never
// resolved silently.
struct ConflictingStatement {
  std::string source;     // e.g. "chapter 3"
  std::string statement;  // what it says instead
};

struct Ambition {
  std::string id;  // slug
  std::string display_name;
  std::string indicator_id;
  int definition_version = 1;
  std::string organisation_id;  // institution whose ambition it is
  Level level = Level::kTotal;
  Period baseline_period;
  std::optional<Decimal>
      baseline_value;  // as the plan states it; absent: the institution's figure of that period
  Direction direction = Direction::kRetain;
  std::vector<AmbitionTarget> targets;  // ascending periods, none twice
  bool institution_only = false;
  std::string source;  // plan and page
  std::vector<ConflictingStatement> conflicts;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;

  // The target for exactly this period; nullptr when the plan sets none.
  const AmbitionTarget* TargetFor(const Period& period) const;

  // Whether a period can be held against the baseline: one of its kind, and later.
  bool CanBeJudgedIn(const Period& period) const;
};

// An ambition judged on the figures of its indicator.
struct Judgement {
  Period period;  // measured
  Verdict verdict;
  std::optional<AmbitionTarget> target;
  std::vector<std::string>
      left_out;  // units that are no part of the rule or have no data, named with the reason
  // Whether a figure that the verdict rests on is still provisional.
  bool provisional = false;
};

// Builds the tree of units from `figures` (any slices of the ambition's indicator, organisation and
// level; one known version per slice) and judges the measurement of `period`, in which the ambition
// can be judged. A target that is still to be set is not judged.
Judgement JudgeAmbition(const Ambition& ambition, const Indicator& indicator,
                        absl::Span<const Figure> figures, const Period& period);

// The last period for which the institution itself, or where the rule goes by its parts any
// college, has a figure; nullopt when there is none after the baseline.
std::optional<Period> LastMeasuredPeriod(const Ambition& ambition,
                                         absl::Span<const Figure> figures);

}  // namespace vsv::outcomes

// A measure of a line, its milestones, and the transitions that say what really happened.
#pragma once

#include "services/programs/domain/names.h"
#include "services/programs/domain/program.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// PLANNED -> RUNNING -> DONE; PLANNED or RUNNING -> STOPPED.
enum class MeasureState : uint8_t { kPlanned, kRunning, kDone, kStopped };

// A dated step.
struct Milestone {
  std::string id{};
  std::string title{};
  absl::CivilDay due_on{};
  std::optional<absl::CivilDay> done_on{};
  friend bool operator==(const Milestone&, const Milestone&) = default;
};

// A measure (maatregel).
struct Measure {
  using Name = MeasureName;

  struct Filter {
    std::optional<MeasureState> state{};
    OrganisationId owner{};
  };

  MeasureName name{};
  std::string title{};
  std::string description{};
  OrganisationId owner{};
  Period planned{};
  std::vector<Milestone> milestones{};
  MeasureState state = MeasureState::kPlanned;
  std::optional<absl::CivilDay> started_on{};
  std::optional<absl::CivilDay> ended_on{};
  std::string stop_reason{};
  friend bool operator==(const Measure&, const Measure&) = default;
};

// Begins a planned measure on `day`. Errors: STATE_CONFLICT.
absl::StatusOr<Measure> Start(Measure measure, absl::CivilDay day);

// Records that a milestone of a running measure was reached on `day`. Errors: FIELD_INVALID for an
// unknown milestone; STATE_CONFLICT when it is not running, the milestone was reached before, or
// `day` lies before the start.
absl::StatusOr<Measure> ReachMilestone(Measure measure, absl::string_view milestone,
                                       absl::CivilDay day);

// Completes a running measure on `day`. Errors: STATE_CONFLICT when it is not running, milestones
// are open (metadata `open_milestones` names them) or `day` lies before its last step.
absl::StatusOr<Measure> Complete(Measure measure, absl::CivilDay day);

// Stops a planned or running measure. Errors: STATE_CONFLICT.
absl::StatusOr<Measure> Stop(Measure measure, absl::string_view reason, absl::CivilDay day);

// The plan of `changed` with what happened of `current`: state, dates and reached milestones stay.
// Errors: STATE_CONFLICT when the measure has ended or a reached milestone would disappear.
absl::StatusOr<Measure> Replan(const Measure& current, Measure changed);

// The measure as it stood at the end of `day`: later steps undone.
Measure AsOf(Measure measure, absl::CivilDay day);

// Late on `day`: running past its last planned day, or still planned after its first.
bool IsOverdue(const Measure& measure, absl::CivilDay day);

bool Matches(const Measure& measure, const Measure::Filter& filter);

}  // namespace vsv::programs

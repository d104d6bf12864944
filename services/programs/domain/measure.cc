#include "services/programs/domain/measure.h"

#include "libs/base/local_date.h"
#include "libs/errors/errors.h"
#include "services/programs/domain/state_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <algorithm>

namespace vsv::programs {
namespace {

absl::Status WrongState(const Measure& measure, absl::string_view needed) {
  return errors::StateConflict(
      absl::StrCat("the measure is ", NameOf(measure.state), ", it must be ", needed),
      {{"state", std::string(NameOf(measure.state))}, {"needed", std::string(needed)}});
}

absl::Status TooEarly(absl::string_view what, absl::CivilDay after) {
  const std::string day = base::FormatIsoDate(after);
  return errors::StateConflict(absl::StrCat(what, " cannot lie before ", day),
                               {{"not_before", day}});
}

// Last day on which something of the measure happened.
absl::CivilDay LastStep(const Measure& measure) {
  absl::CivilDay last = measure.started_on.value_or(absl::CivilDay::min());
  for (const Milestone& milestone : measure.milestones) {
    if (milestone.done_on) last = std::max(last, *milestone.done_on);
  }
  return last;
}

}  // namespace

absl::StatusOr<Measure> Start(Measure measure, absl::CivilDay day) {
  if (measure.state != MeasureState::kPlanned) return WrongState(measure, "PLANNED");
  measure.state = MeasureState::kRunning;
  measure.started_on = day;
  return measure;
}

absl::StatusOr<Measure> ReachMilestone(Measure measure, absl::string_view milestone,
                                       absl::CivilDay day) {
  const auto found =
      std::find_if(measure.milestones.begin(), measure.milestones.end(),
                   [milestone](const Milestone& candidate) { return candidate.id == milestone; });
  if (found == measure.milestones.end()) {
    return errors::FieldInvalid("milestone_id", "the measure has no such milestone");
  }
  if (measure.state != MeasureState::kRunning) return WrongState(measure, "RUNNING");
  if (found->done_on) {
    const std::string done_on = base::FormatIsoDate(*found->done_on);
    return errors::StateConflict(absl::StrCat("the milestone was reached on ", done_on),
                                 {{"done_on", done_on}});
  }
  if (day < *measure.started_on) return TooEarly("the day", *measure.started_on);
  found->done_on = day;
  return measure;
}

absl::StatusOr<Measure> Complete(Measure measure, absl::CivilDay day) {
  if (measure.state != MeasureState::kRunning) return WrongState(measure, "RUNNING");
  std::vector<std::string> open;
  for (const Milestone& milestone : measure.milestones) {
    if (!milestone.done_on) open.push_back(milestone.id);
  }
  if (!open.empty()) {
    return errors::StateConflict("milestones are still open",
                                 {{"open_milestones", absl::StrJoin(open, ",")}});
  }
  if (day < LastStep(measure)) return TooEarly("the end", LastStep(measure));
  measure.state = MeasureState::kDone;
  measure.ended_on = day;
  return measure;
}

absl::StatusOr<Measure> Stop(Measure measure, absl::string_view reason, absl::CivilDay day) {
  if (measure.state != MeasureState::kPlanned && measure.state != MeasureState::kRunning) {
    return WrongState(measure, "PLANNED or RUNNING");
  }
  if (day < LastStep(measure)) return TooEarly("the end", LastStep(measure));
  measure.state = MeasureState::kStopped;
  measure.ended_on = day;
  measure.stop_reason = std::string(reason);
  return measure;
}

absl::StatusOr<Measure> Replan(const Measure& current, Measure changed) {
  if (current.ended_on) return WrongState(current, "PLANNED or RUNNING");
  for (Milestone& milestone : changed.milestones) milestone.done_on.reset();
  for (const Milestone& before : current.milestones) {
    if (!before.done_on) continue;
    const auto kept =
        std::find_if(changed.milestones.begin(), changed.milestones.end(),
                     [&before](const Milestone& candidate) { return candidate.id == before.id; });
    if (kept == changed.milestones.end()) {
      return errors::StateConflict("a milestone that was reached cannot be removed",
                                   {{"milestone", before.id}});
    }
    kept->done_on = before.done_on;
  }
  changed.name = current.name;
  changed.state = current.state;
  changed.started_on = current.started_on;
  changed.ended_on = current.ended_on;
  changed.stop_reason = current.stop_reason;
  return changed;
}

Measure AsOf(Measure measure, absl::CivilDay day) {
  for (Milestone& milestone : measure.milestones) {
    if (milestone.done_on > day) milestone.done_on.reset();
  }
  if (measure.ended_on > day) {
    measure.ended_on.reset();
    measure.stop_reason.clear();
    measure.state = measure.started_on ? MeasureState::kRunning : MeasureState::kPlanned;
  }
  if (measure.started_on > day) {
    measure.started_on.reset();
    measure.state = MeasureState::kPlanned;
  }
  return measure;
}

bool IsOverdue(const Measure& measure, absl::CivilDay day) {
  switch (measure.state) {
    case MeasureState::kPlanned:
      return measure.planned.start < day;
    case MeasureState::kRunning:
      return measure.planned.end < day;
    case MeasureState::kDone:
    case MeasureState::kStopped:
      return false;
  }
  return false;
}

bool Matches(const Measure& measure, const Measure::Filter& filter) {
  return (!filter.state || measure.state == *filter.state) &&
         (filter.owner.empty() || measure.owner == filter.owner);
}

}  // namespace vsv::programs

#include "services/programs/domain/line_status.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

namespace vsv::programs {
namespace {

bool Steers(const ProgramLine& line, Process process) {
  return std::find(line.processes.begin(), line.processes.end(), process) != line.processes.end();
}

void AddMeasures(const LineFacts& facts, absl::CivilDay reference, LineStatus& status) {
  for (const Measure& recorded : facts.measures) {
    MeasureStatus entry{.measure = AsOf(recorded, reference)};
    const Measure& measure = entry.measure;
    entry.overdue = IsOverdue(measure, reference);
    if (entry.overdue) {
      const bool running = measure.state == MeasureState::kRunning;
      status.overdue.push_back(
          {.kind = OverdueKind::kMeasure,
           .owner = measure.owner,
           .due_on = running ? measure.planned.end : measure.planned.start,
           .title = absl::StrCat(measure.title, running ? ": not completed" : ": not begun")});
    }
    const bool stopped = measure.state == MeasureState::kStopped;
    for (const Milestone& milestone : measure.milestones) {
      const bool late = !stopped && !milestone.done_on && milestone.due_on < reference;
      entry.milestone_overdue.push_back(late);
      if (!late) continue;
      status.overdue.push_back({.kind = OverdueKind::kMilestone,
                                .owner = measure.owner,
                                .due_on = milestone.due_on,
                                .title = absl::StrCat(measure.title, ": ", milestone.title)});
    }
    status.measures.push_back(std::move(entry));
  }
  std::stable_sort(status.measures.begin(), status.measures.end(),
                   [](const MeasureStatus& a, const MeasureStatus& b) {
                     return a.measure.planned.start < b.measure.planned.start;
                   });
}

void AddAssignments(const LineFacts& facts, absl::CivilDay reference, LineStatus& status) {
  for (const SpecialAssignment& assignment : facts.assignments) {
    AssignmentStatus entry{.name = assignment.name,
                           .title = assignment.title,
                           .lead = assignment.lead,
                           .home = assignment.home_line == facts.line.name.line};
    for (const AssignmentResult& result : assignment.results) {
      const bool reported = result.reported_on && *result.reported_on <= reference;
      const ResultState state = reported ? result.state : ResultState::kPlanned;
      if (state == ResultState::kDropped) continue;
      ++entry.agreed;
      if (state == ResultState::kReached) {
        ++entry.reached;
      } else if (result.due_on && *result.due_on < reference) {
        status.overdue.push_back({.kind = OverdueKind::kResult,
                                  .owner = assignment.lead,
                                  .due_on = *result.due_on,
                                  .title = absl::StrCat(assignment.title, ": ", result.title)});
      }
    }
    status.assignments.push_back(std::move(entry));
  }
}

template <typename Counts>
void AddOverdueCounts(const Breakdown<Counts>& breakdown, OverdueKind kind, absl::string_view title,
                      LineStatus& status) {
  for (const Counts& counts : breakdown.by_organisation) {
    if (counts.overdue <= 0 || !counts.oldest_due_on) continue;
    status.overdue.push_back({.kind = kind,
                              .owner = counts.organisation,
                              .due_on = *counts.oldest_due_on,
                              .title = std::string(title),
                              .count = counts.overdue});
  }
}

void AddProcesses(const LineFacts& facts, const LineStatusInputs& inputs, LineStatus& status) {
  if (!facts.dossiers_as_of) return;
  if (Steers(facts.line, Process::kTransition)) {
    status.transition = CountDossiers(facts.counts, inputs.reference);
    AddOverdueCounts(*status.transition, OverdueKind::kTransition, "transition dossiers", status);
  }
  if (Steers(facts.line, Process::kWarmHandover)) {
    status.warm_handover = CountHandovers(facts.counts, inputs.reference);
    AddOverdueCounts(*status.warm_handover, OverdueKind::kWarmHandover, "warm handovers", status);
  }
  if (Steers(facts.line, Process::kFirstYear)) {
    status.first_year =
        CountFirstYear(facts.counts, inputs.reference, inputs.small_group_threshold);
  }
}

void AddSources(const LineFacts& facts, const LineStatusInputs& inputs, LineStatus& status) {
  status.sources.push_back({.source = "programs", .available = true, .as_of = inputs.now});
  if (!facts.line.processes.empty()) {
    const bool fresh =
        facts.dossiers_as_of && inputs.now - *facts.dossiers_as_of <= inputs.projection_max_age;
    status.sources.push_back(
        {.source = "dossiers", .available = fresh, .as_of = facts.dossiers_as_of});
  }
  if (!facts.links.empty()) {
    SourceFreshness outcomes{.source = "outcomes", .available = inputs.figures.has_value()};
    if (outcomes.available) outcomes.as_of = inputs.now;
    status.sources.push_back(outcomes);
  }
}

}  // namespace

LineStatus ComputeLineStatus(const LineFacts& facts, const LineStatusInputs& inputs) {
  LineStatus status;
  AddMeasures(facts, inputs.reference, status);
  AddAssignments(facts, inputs.reference, status);
  AddProcesses(facts, inputs, status);
  if (inputs.figures) {
    status.figures = *inputs.figures;
  } else {
    status.figures.assign(facts.links.size(),
                          Figure{.explanation = "the outcomes service is unavailable"});
  }
  std::stable_sort(status.overdue.begin(), status.overdue.end(),
                   [](const OverdueItem& a, const OverdueItem& b) { return a.due_on < b.due_on; });
  AddSources(facts, inputs, status);
  return status;
}

}  // namespace vsv::programs

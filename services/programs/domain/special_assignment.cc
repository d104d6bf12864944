#include "services/programs/domain/special_assignment.h"

#include "libs/errors/errors.h"

#include <algorithm>

namespace vsv::programs {
namespace {

AssignmentResult* Find(SpecialAssignment& assignment, absl::string_view id) {
  for (AssignmentResult& result : assignment.results) {
    if (result.id == id) return &result;
  }
  return nullptr;
}

bool IsClosed(ResultState state) {
  return state == ResultState::kReached || state == ResultState::kDropped;
}

}  // namespace

absl::StatusOr<SpecialAssignment> Report(SpecialAssignment assignment, const ResultReport& report) {
  AssignmentResult* result = Find(assignment, report.result);
  if (result == nullptr) {
    return errors::FieldInvalid("result_id", "the assignment has no such result");
  }
  if (IsClosed(result->state)) {
    return errors::StateConflict("the result was reached or dropped before",
                                 {{"result", result->id}});
  }
  if (report.state == ResultState::kPlanned) {
    return errors::FieldInvalid("state", "must be in progress, reached or dropped");
  }
  if (result->reported_on && report.day < *result->reported_on) {
    return errors::StateConflict("the day lies before that of the last report",
                                 {{"result", result->id}});
  }
  result->state = report.state;
  result->reported_on = report.day;
  result->note = report.note;
  return assignment;
}

absl::StatusOr<SpecialAssignment> Redraft(const SpecialAssignment& current,
                                          SpecialAssignment changed) {
  for (AssignmentResult& result : changed.results) {
    result.state = ResultState::kPlanned;
    result.reported_on.reset();
    result.note.clear();
  }
  for (const AssignmentResult& before : current.results) {
    AssignmentResult* kept = Find(changed, before.id);
    if (kept == nullptr) {
      if (before.state != ResultState::kReached) continue;
      return errors::StateConflict("a result that was reached cannot be removed",
                                   {{"result", before.id}});
    }
    kept->state = before.state;
    kept->reported_on = before.reported_on;
    kept->note = before.note;
  }
  changed.name = current.name;
  return changed;
}

std::vector<std::string> LinesOf(const SpecialAssignment& assignment) {
  std::vector<std::string> lines = {assignment.home_line};
  lines.insert(lines.end(), assignment.crossed_lines.begin(), assignment.crossed_lines.end());
  return lines;
}

bool Matches(const SpecialAssignment& assignment, const SpecialAssignment::Filter& filter) {
  return (filter.home_line.empty() || assignment.home_line == filter.home_line) &&
         (filter.lead.empty() || assignment.lead == filter.lead);
}

}  // namespace vsv::programs

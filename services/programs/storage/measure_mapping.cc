#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/programs/domain/state_names.h"
#include "services/programs/storage/mapping.h"
#include "services/programs/storage/organisation_columns.h"
#include "services/programs/storage/statements.h"

namespace vsv::programs {
namespace {

using Days = std::vector<std::optional<absl::CivilDay>>;

// Arrays of days are read as text, '' for a day that is not there.
std::optional<absl::CivilDay> DayOf(const std::string& text) {
  return base::ParseIsoDate(text);
}

pg::Params KeyOf(const MeasureName& name) {
  return pg::Params()
      .Text(name.line.program.region)
      .Text(name.line.program.program)
      .Text(name.line.line)
      .Text(name.measure);
}

pg::Params KeyOf(const SpecialAssignmentName& name) {
  return pg::Params().Text(name.program.region).Text(name.program.program).Text(name.assignment);
}

std::vector<AssignmentResult> ResultsOf(const pg::Row& row) {
  const std::vector<std::string> ids = row.TextArray("result_ids");
  const std::vector<std::string> titles = row.TextArray("result_titles");
  const std::vector<std::string> due_on = row.TextArray("result_due_on");
  const std::vector<std::string> states = row.TextArray("result_states");
  const std::vector<std::string> reported_on = row.TextArray("result_reported_on");
  const std::vector<std::string> notes = row.TextArray("result_notes");
  std::vector<AssignmentResult> results;
  for (size_t i = 0; i < ids.size(); ++i) {
    results.push_back({.id = ids[i],
                       .title = titles[i],
                       .due_on = DayOf(due_on[i]),
                       .state = ResultStateOf(states[i]).value_or(ResultState::kPlanned),
                       .reported_on = DayOf(reported_on[i]),
                       .note = notes[i]});
  }
  return results;
}

absl::Status WriteResults(pg::Transaction& tx, const SpecialAssignment& assignment) {
  std::vector<std::string> ids;
  std::vector<std::string> titles;
  std::vector<std::string> states;
  std::vector<std::string> notes;
  Days due_on;
  Days reported_on;
  for (const AssignmentResult& result : assignment.results) {
    ids.push_back(result.id);
    titles.push_back(result.title);
    due_on.push_back(result.due_on);
    states.emplace_back(NameOf(result.state));
    reported_on.push_back(result.reported_on);
    notes.push_back(result.note);
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteAssignmentResults, KeyOf(assignment.name)));
  return tx
      .Execute(sql::kInsertAssignmentResults, KeyOf(assignment.name)
                                                  .TextArray(ids)
                                                  .TextArray(titles)
                                                  .DayArray(due_on)
                                                  .TextArray(states)
                                                  .DayArray(reported_on)
                                                  .TextArray(notes))
      .status();
}

}  // namespace

const pg::Statement& Mapping<Measure>::kGet = sql::kGetMeasures;
const pg::Statement& Mapping<Measure>::kList = sql::kListMeasures;
const pg::Statement& Mapping<Measure>::kInsert = sql::kInsertMeasure;
const pg::Statement& Mapping<Measure>::kUpdate = sql::kUpdateMeasure;

pg::Params Mapping<Measure>::Keys(absl::Span<const MeasureName> names) {
  std::vector<LineName> lines;
  std::vector<std::string> measures;
  for (const MeasureName& name : names) {
    lines.push_back(name.line);
    measures.push_back(name.measure);
  }
  return Mapping<ProgramLine>::Keys(lines).TextArray(measures);
}

pg::Params Mapping<Measure>::ListParams(const ListQuery<Measure>& query) {
  return pg::Params()
      .Text(query.parent.region)
      .Text(query.parent.program)
      .Text(query.parent.line)
      .Text(query.after)
      .Text(query.filter.state ? NameOf(*query.filter.state) : "")
      .Text(query.filter.owner.value())
      .Int(query.limit + 1);
}

pg::Params Mapping<Measure>::Values(const Measure& measure) {
  return KeyOf(measure.name)
      .Text(measure.title)
      .Text(measure.description)
      .Text(measure.owner.value())
      .Day(measure.planned.start)
      .Day(measure.planned.end)
      .Text(NameOf(measure.state))
      .Day(measure.started_on)
      .Day(measure.ended_on)
      .Text(measure.stop_reason);
}

Measure Mapping<Measure>::FromRow(const pg::Row& row) {
  Measure measure{.name = {{{row.Text("region_id"), row.Text("program_id")}, row.Text("line_id")},
                           row.Text("measure_id")},
                  .title = row.Text("title"),
                  .description = row.Text("description"),
                  .owner = Organisation(row, "owner_id"),
                  .planned = {row.Day("start_on"), row.Day("end_on")},
                  .state = MeasureStateOf(row.Text("state")).value_or(MeasureState::kPlanned),
                  .started_on = row.OptionalDay("started_on"),
                  .ended_on = row.OptionalDay("ended_on"),
                  .stop_reason = row.Text("stop_reason")};
  const std::vector<std::string> ids = row.TextArray("milestone_ids");
  const std::vector<std::string> titles = row.TextArray("milestone_titles");
  const std::vector<std::string> due_on = row.TextArray("milestone_due_on");
  const std::vector<std::string> done_on = row.TextArray("milestone_done_on");
  for (size_t i = 0; i < ids.size(); ++i) {
    measure.milestones.push_back({.id = ids[i],
                                  .title = titles[i],
                                  .due_on = DayOf(due_on[i]).value_or(absl::CivilDay()),
                                  .done_on = DayOf(done_on[i])});
  }
  return measure;
}

absl::Status Mapping<Measure>::WriteLists(pg::Transaction& tx, const Measure& measure) {
  std::vector<std::string> ids;
  std::vector<std::string> titles;
  Days due_on;
  Days done_on;
  for (const Milestone& milestone : measure.milestones) {
    ids.push_back(milestone.id);
    titles.push_back(milestone.title);
    due_on.emplace_back(milestone.due_on);
    done_on.push_back(milestone.done_on);
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteMilestones, KeyOf(measure.name)));
  return tx
      .Execute(
          sql::kInsertMilestones,
          KeyOf(measure.name).TextArray(ids).TextArray(titles).DayArray(due_on).DayArray(done_on))
      .status();
}

const pg::Statement& Mapping<SpecialAssignment>::kGet = sql::kGetSpecialAssignments;
const pg::Statement& Mapping<SpecialAssignment>::kList = sql::kListSpecialAssignments;
const pg::Statement& Mapping<SpecialAssignment>::kInsert = sql::kInsertSpecialAssignment;
const pg::Statement& Mapping<SpecialAssignment>::kUpdate = sql::kUpdateSpecialAssignment;

pg::Params Mapping<SpecialAssignment>::Keys(absl::Span<const SpecialAssignmentName> names) {
  std::vector<ProgramName> programs;
  std::vector<std::string> assignments;
  for (const SpecialAssignmentName& name : names) {
    programs.push_back(name.program);
    assignments.push_back(name.assignment);
  }
  return Mapping<Program>::Keys(programs).TextArray(assignments);
}

pg::Params Mapping<SpecialAssignment>::ListParams(const ListQuery<SpecialAssignment>& query) {
  return pg::Params()
      .Text(query.parent.region)
      .Text(query.parent.program)
      .Text(query.after)
      .Text(query.filter.home_line)
      .Text(query.filter.lead.value())
      .Int(query.limit + 1);
}

pg::Params Mapping<SpecialAssignment>::Values(const SpecialAssignment& assignment) {
  return KeyOf(assignment.name)
      .Text(assignment.title)
      .Text(assignment.bottleneck.description)
      .Text(assignment.bottleneck.source)
      .Text(assignment.bottleneck.decision)
      .Day(assignment.bottleneck.decided_on)
      .Text(assignment.home_line)
      .Text(assignment.lead.value())
      .Text(assignment.working_group_title)
      .TextArray(Texts(assignment.working_group_members))
      .TextArray(assignment.short_term_goals)
      .TextArray(assignment.long_term_goals)
      .TextArray(assignment.target_groups)
      .Text(assignment.contact_organisation.value())
      .Text(assignment.contact_role);
}

SpecialAssignment Mapping<SpecialAssignment>::FromRow(const pg::Row& row) {
  return SpecialAssignment{
      .name = {{row.Text("region_id"), row.Text("program_id")}, row.Text("assignment_id")},
      .title = row.Text("title"),
      .bottleneck = {row.Text("bottleneck_description"), row.Text("bottleneck_source"),
                     row.Text("bottleneck_decision"), row.OptionalDay("decided_on")},
      .home_line = row.Text("home_line_id"),
      .crossed_lines = row.TextArray("crossed_line_ids"),
      .lead = Organisation(row, "lead_id"),
      .working_group_title = row.Text("working_group_title"),
      .working_group_members = Organisations(row, "working_group_ids"),
      .short_term_goals = row.TextArray("short_term_goals"),
      .long_term_goals = row.TextArray("long_term_goals"),
      .target_groups = row.TextArray("target_groups"),
      .results = ResultsOf(row),
      .contact_organisation = Organisation(row, "contact_organisation_id"),
      .contact_role = row.Text("contact_role")};
}

absl::Status Mapping<SpecialAssignment>::WriteLists(pg::Transaction& tx,
                                                    const SpecialAssignment& assignment) {
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteCrossedLines, KeyOf(assignment.name)));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kInsertCrossedLines,
                                 KeyOf(assignment.name).TextArray(assignment.crossed_lines)));
  return WriteResults(tx, assignment);
}

}  // namespace vsv::programs

#include "services/programs/api/parse.h"

#include "services/programs/domain/names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include <set>
#include <string>
#include <utility>

namespace vsv::programs {
namespace {

constexpr size_t kTitle = 200;
constexpr size_t kGroup = 400;
constexpr size_t kSentence = 1000;
constexpr size_t kParagraph = 2000;
constexpr size_t kDescription = 4000;
constexpr int kMostParts = 50;

// Path of a field within the message at `base`.
std::string At(absl::string_view base, absl::string_view field) {
  return absl::StrCat(base, ".", field);
}

std::string At(absl::string_view base, absl::string_view list, int index, absl::string_view field) {
  return absl::StrCat(base, ".", list, "[", index, "].", field);
}

std::string Code(const std::string& code, absl::string_view field, FieldReader& reader) {
  bool fits = !code.empty() && code.size() <= 8;
  for (const char c : code) {
    fits = fits && (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.');
  }
  if (!fits) reader.Violate(field, "must have 1 to 8 letters, digits or dots");
  return code;
}

std::vector<Process> Processes(const v1::ProgramLine& message, absl::string_view field,
                               FieldReader& reader) {
  std::vector<Process> processes;
  std::set<std::string> seen;
  if (message.processes_size() > v1::Process_ARRAYSIZE) {
    reader.Violate(field, "must hold each process once at most");
    return processes;
  }
  for (const int number : message.processes()) {
    if (number == v1::PROCESS_UNSPECIFIED || !v1::Process_IsValid(number)) {
      reader.Violate(field, "must hold known processes only");
      continue;
    }
    reader.Distinct(std::to_string(number), field, seen);
    processes.push_back(static_cast<Process>(number - 1));  // the enums run alike
  }
  return processes;
}

std::vector<YearBudget> Budget(const v1::ProgramLine& message, absl::string_view field,
                               FieldReader& reader) {
  std::vector<YearBudget> budget;
  std::set<std::string> seen;
  if (message.budget_size() > kMostParts) {
    reader.Violate(field, "must have at most 50 elements");
    return budget;
  }
  for (const v1::YearBudget& year : message.budget()) {
    if (year.year() < 2000 || year.year() > 2100) {
      reader.Violate(field, "must name years from 2000 to 2100");
    }
    if (year.amount_cents() < 0) reader.Violate(field, "must not be negative");
    reader.Distinct(std::to_string(year.year()), field, seen);
    budget.push_back({year.year(), year.amount_cents()});
  }
  return budget;
}

std::vector<Milestone> Milestones(const v1::Measure& message, absl::string_view field,
                                  FieldReader& reader) {
  std::vector<Milestone> milestones;
  std::set<std::string> seen;
  if (message.milestones_size() > kMostParts) {
    reader.Violate(At(field, "milestones"), "must have at most 50 elements");
    return milestones;
  }
  for (int i = 0; i < message.milestones_size(); ++i) {
    const v1::Milestone& part = message.milestones(i);
    const auto at = [&](absl::string_view name) { return At(field, "milestones", i, name); };
    reader.Distinct(part.milestone_id(), at("milestone_id"), seen);
    milestones.push_back({.id = reader.Slug(part.milestone_id(), at("milestone_id")),
                          .title = reader.Text(part.title(), at("title"), 1, kTitle),
                          .due_on = reader.Day(part.due_date(), at("due_date")),
                          .done_on = {}});
  }
  return milestones;
}

std::vector<AssignmentResult> Results(const v1::SpecialAssignment& message, absl::string_view field,
                                      FieldReader& reader) {
  std::vector<AssignmentResult> results;
  std::set<std::string> seen;
  if (message.results_size() > kMostParts) {
    reader.Violate(At(field, "results"), "must have at most 50 elements");
    return results;
  }
  for (int i = 0; i < message.results_size(); ++i) {
    const v1::AssignmentResult& part = message.results(i);
    const auto at = [&](absl::string_view name) { return At(field, "results", i, name); };
    reader.Distinct(part.result_id(), at("result_id"), seen);
    AssignmentResult result;
    result.id = reader.Slug(part.result_id(), at("result_id"));
    result.title = reader.Text(part.title(), at("title"), 1, kSentence);
    if (part.has_due_date()) result.due_on = reader.Day(part.due_date(), at("due_date"));
    results.push_back(std::move(result));
  }
  return results;
}

// Id of a line of `program`; "" when it is none.
std::string LineOf(const ProgramName& program, const std::string& name, absl::string_view field,
                   FieldReader& reader) {
  const auto line = ParseLineName(name);
  if (!line || line->program != program) {
    reader.Violate(field, absl::StrCat("must be a line of ", ToString(program)));
    return "";
  }
  return line->line;
}

}  // namespace

Program Parse(const v1::Program& message, ProgramName name, absl::string_view field,
              FieldReader& reader) {
  const auto at = [field](absl::string_view part) { return At(field, part); };
  return Program{
      .name = std::move(name),
      .title = reader.Text(message.title(), at("title"), 1, kTitle),
      .description = reader.Text(message.description(), at("description"), 0, kDescription),
      .period =
          reader.Days(message.start_date(), at("start_date"), message.end_date(), at("end_date")),
      .contact_municipality =
          reader.Organisation(message.contact_municipality(), at("contact_municipality")),
      .contact_school = reader.OptionalOrganisation(message.contact_school(), at("contact_school")),
      .central_municipalities =
          reader.Organisations(message.central_municipalities(), at("central_municipalities")),
      .lead_organisation =
          reader.Organisation(message.lead_organisation(), at("lead_organisation")),
      .municipal_manager =
          reader.OptionalOrganisation(message.municipal_manager(), at("municipal_manager")),
      .school_manager = reader.OptionalOrganisation(message.school_manager(), at("school_manager")),
      .steering_group = reader.Organisations(message.steering_group(), at("steering_group"))};
}

ProgramLine Parse(const v1::ProgramLine& message, LineName name, absl::string_view field,
                  FieldReader& reader) {
  const auto at = [field](absl::string_view part) { return At(field, part); };
  return ProgramLine{
      .name = std::move(name),
      .code = Code(message.code(), at("code"), reader),
      .title = reader.Text(message.title(), at("title"), 1, kTitle),
      .description = reader.Text(message.description(), at("description"), 0, kDescription),
      .lead_organisation =
          reader.Organisation(message.lead_organisation(), at("lead_organisation")),
      .processes = Processes(message, at("processes"), reader),
      .target_groups = reader.TextList(message.target_groups(), at("target_groups"), kGroup),
      .results = reader.TextList(message.results(), at("results"), kSentence),
      .budget = Budget(message, at("budget"), reader)};
}

IndicatorLink Parse(const v1::IndicatorLink& message, IndicatorLinkName name,
                    absl::string_view field, FieldReader& reader) {
  const auto at = [field](absl::string_view part) { return At(field, part); };
  if (!IsIndicatorName(message.indicator())) {
    reader.Violate(at("indicator"), "must be of the form indicators/{indicator}");
  }
  if (!message.ambition().empty() && !IsAmbitionName(message.ambition())) {
    reader.Violate(at("ambition"), "must be empty or of the form ambitions/{ambition}");
  }
  return IndicatorLink{
      .name = std::move(name),
      .title = reader.Text(message.title(), at("title"), 1, kTitle),
      .indicator = message.indicator(),
      .ambition = message.ambition(),
      .organisation = reader.Organisation(message.organisation(), at("organisation")),
      .level = reader.Text(message.level(), at("level"), 0, 40)};
}

Measure Parse(const v1::Measure& message, MeasureName name, absl::string_view field,
              FieldReader& reader) {
  const auto at = [field](absl::string_view part) { return At(field, part); };
  Measure measure;
  measure.name = std::move(name);
  measure.title = reader.Text(message.title(), at("title"), 1, kTitle);
  measure.description = reader.Text(message.description(), at("description"), 0, kDescription);
  measure.owner = reader.Organisation(message.owner(), at("owner"));
  measure.planned =
      reader.Days(message.start_date(), at("start_date"), message.end_date(), at("end_date"));
  measure.milestones = Milestones(message, field, reader);
  return measure;
}

SpecialAssignment Parse(const v1::SpecialAssignment& message, SpecialAssignmentName name,
                        absl::string_view field, FieldReader& reader) {
  const auto at = [field](absl::string_view part) { return At(field, part); };
  const v1::Bottleneck& bottleneck = message.bottleneck();
  SpecialAssignment assignment;
  assignment.name = std::move(name);
  assignment.title = reader.Text(message.title(), at("title"), 1, kTitle);
  assignment.bottleneck = {
      .description =
          reader.Text(bottleneck.description(), at("bottleneck.description"), 1, kParagraph),
      .source = reader.Text(bottleneck.source(), at("bottleneck.source"), 1, kGroup),
      .decision = reader.Text(bottleneck.decision(), at("bottleneck.decision"), 1, kParagraph),
      .decided_on = {}};
  if (bottleneck.has_decision_date()) {
    assignment.bottleneck.decided_on =
        reader.Day(bottleneck.decision_date(), at("bottleneck.decision_date"));
  }
  assignment.home_line =
      LineOf(assignment.name.program, message.home_line(), at("home_line"), reader);
  std::set<std::string> seen = {message.home_line()};
  for (const std::string& line : message.crossed_lines()) {
    reader.Distinct(line, at("crossed_lines"), seen);
    assignment.crossed_lines.push_back(
        LineOf(assignment.name.program, line, at("crossed_lines"), reader));
  }
  assignment.lead = reader.Organisation(message.lead(), at("lead"));
  assignment.working_group_title =
      reader.Text(message.working_group().title(), at("working_group.title"), 0, kTitle);
  assignment.working_group_members =
      reader.Organisations(message.working_group().members(), at("working_group.members"));
  assignment.short_term_goals =
      reader.TextList(message.short_term_goals(), at("short_term_goals"), kSentence);
  assignment.long_term_goals =
      reader.TextList(message.long_term_goals(), at("long_term_goals"), kSentence);
  assignment.target_groups = reader.TextList(message.target_groups(), at("target_groups"), kGroup);
  assignment.results = Results(message, field, reader);
  assignment.contact_organisation =
      reader.Organisation(message.contact().organisation(), at("contact.organisation"));
  assignment.contact_role = reader.Text(message.contact().role(), at("contact.role"), 1, kTitle);
  return assignment;
}

}  // namespace vsv::programs

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/programs/api/indicator_link_api.h"
#include "services/programs/api/measure_api.h"
#include "services/programs/api/program_api.h"
#include "services/programs/domain/state_names.h"

#include <variant>

namespace vsv::programs {
namespace {

// The one value of an equality; filters here know no other operator.
absl::StatusOr<std::string> Wanted(const aip::Condition& condition) {
  if (condition.op != aip::FilterOperator::kEqual) {
    return errors::FieldInvalid("filter", "only field = value is known here");
  }
  return std::get<std::string>(condition.value);
}

absl::StatusOr<OrganisationId> WantedOrganisation(const aip::Condition& condition) {
  VSV_ASSIGN_OR_RETURN(const std::string name, Wanted(condition));
  const auto id = ParseOrganisationName(name);
  if (!id) {
    return errors::FieldInvalid("filter",
                                "organisations are of the form \"organisations/{organisation}\"");
  }
  return *id;
}

std::optional<ParentName> UnderProgram(absl::string_view text) {
  const auto program = ParseProgramName(text);
  if (!program) return std::nullopt;
  return ParentName{program->region, program->program, ""};
}

std::optional<ParentName> UnderLine(absl::string_view text) {
  const auto line = ParseLineName(text);
  if (!line) return std::nullopt;
  return ParentName{line->program.region, line->program.program, line->line};
}

}  // namespace

std::optional<ParentName> Api<Program>::ParseParent(absl::string_view text) {
  const auto region = ParseRegionName(text);
  if (!region) return std::nullopt;
  return ParentName{*region, "", ""};
}

std::optional<ParentName> Api<ProgramLine>::ParseParent(absl::string_view text) {
  return UnderProgram(text);
}

std::optional<ParentName> Api<IndicatorLink>::ParseParent(absl::string_view text) {
  return UnderLine(text);
}

std::optional<ParentName> Api<Measure>::ParseParent(absl::string_view text) {
  return UnderLine(text);
}

std::optional<ParentName> Api<SpecialAssignment>::ParseParent(absl::string_view text) {
  return UnderProgram(text);
}

std::vector<aip::FilterField> Api<Program>::FilterFields() {
  return {
      {.name = "lead_organisation"}, {.name = "contact_municipality"}, {.name = "contact_school"}};
}

absl::StatusOr<Program::Filter> Api<Program>::ReadFilter(
    const std::vector<aip::Condition>& conditions) {
  Program::Filter filter;
  for (const aip::Condition& condition : conditions) {
    VSV_ASSIGN_OR_RETURN(const OrganisationId wanted, WantedOrganisation(condition));
    if (condition.field == "lead_organisation") filter.lead_organisation = wanted;
    if (condition.field == "contact_municipality") filter.contact_municipality = wanted;
    if (condition.field == "contact_school") filter.contact_school = wanted;
  }
  return filter;
}

std::vector<aip::FilterField> Api<ProgramLine>::FilterFields() {
  return {{.name = "lead_organisation"}};
}

absl::StatusOr<ProgramLine::Filter> Api<ProgramLine>::ReadFilter(
    const std::vector<aip::Condition>& conditions) {
  ProgramLine::Filter filter;
  for (const aip::Condition& condition : conditions) {
    VSV_ASSIGN_OR_RETURN(filter.lead_organisation, WantedOrganisation(condition));
  }
  return filter;
}

std::vector<aip::FilterField> Api<IndicatorLink>::FilterFields() {
  return {{.name = "indicator"}, {.name = "organisation"}};
}

absl::StatusOr<IndicatorLink::Filter> Api<IndicatorLink>::ReadFilter(
    const std::vector<aip::Condition>& conditions) {
  IndicatorLink::Filter filter;
  for (const aip::Condition& condition : conditions) {
    if (condition.field == "indicator") {
      VSV_ASSIGN_OR_RETURN(filter.indicator, Wanted(condition));
    } else {
      VSV_ASSIGN_OR_RETURN(filter.organisation, WantedOrganisation(condition));
    }
  }
  return filter;
}

std::vector<aip::FilterField> Api<Measure>::FilterFields() {
  return {{.name = "state",
           .type = aip::FilterType::kEnum,
           .enum_values = {"PLANNED", "RUNNING", "DONE", "STOPPED"}},
          {.name = "owner"}};
}

absl::StatusOr<Measure::Filter> Api<Measure>::ReadFilter(
    const std::vector<aip::Condition>& conditions) {
  Measure::Filter filter;
  for (const aip::Condition& condition : conditions) {
    if (condition.field == "state") {
      VSV_ASSIGN_OR_RETURN(const std::string wanted, Wanted(condition));
      filter.state = MeasureStateOf(wanted);
    } else {
      VSV_ASSIGN_OR_RETURN(filter.owner, WantedOrganisation(condition));
    }
  }
  return filter;
}

std::vector<aip::FilterField> Api<SpecialAssignment>::FilterFields() {
  return {{.name = "home_line"}, {.name = "lead"}};
}

absl::StatusOr<SpecialAssignment::Filter> Api<SpecialAssignment>::ReadFilter(
    const std::vector<aip::Condition>& conditions) {
  SpecialAssignment::Filter filter;
  for (const aip::Condition& condition : conditions) {
    if (condition.field == "lead") {
      VSV_ASSIGN_OR_RETURN(filter.lead, WantedOrganisation(condition));
      continue;
    }
    VSV_ASSIGN_OR_RETURN(const std::string name, Wanted(condition));
    const auto line = ParseLineName(name);
    if (!line) return errors::FieldInvalid("filter", "home_line is the name of a line");
    filter.home_line = line->line;
  }
  return filter;
}

}  // namespace vsv::programs

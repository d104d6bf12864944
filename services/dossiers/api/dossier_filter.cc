#include "services/dossiers/api/dossier_filter.h"

#include "libs/aip/filter.h"
#include "libs/base/school_year.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/api/resource_names.h"
#include "services/dossiers/domain/names.h"

#include <set>
#include <string>
#include <variant>
#include <vector>

namespace vsv::dossiers {
namespace {

const std::vector<aip::FilterField>& Fields() {
  static const auto* fields = [] {
    std::vector<std::string> states;
    for (int state = 0; state <= static_cast<int>(DossierState::kWithdrawn); ++state) {
      states.emplace_back(Name(static_cast<DossierState>(state)));
    }
    // never destroyed
    return new std::vector<aip::FilterField>{
        {"state", aip::FilterType::kEnum, states},
        {"delivering_organisation", aip::FilterType::kText},
        {"receiving_organisation", aip::FilterType::kText},
        {"responsible_organisation", aip::FilterType::kText},
        {"school_year", aip::FilterType::kText},
        {"due_date", aip::FilterType::kDate},
    };
  }();
  return *fields;
}

absl::Status Set(const aip::Condition& condition, DossierFilter& filter) {
  const aip::FilterOperator wanted =
      condition.field == "due_date" ? aip::FilterOperator::kLess : aip::FilterOperator::kEqual;
  if (condition.op != wanted) {
    return errors::FieldInvalid("filter",
                                "expected '=' (for due_date '<') after " + condition.field);
  }
  if (condition.field == "due_date") {
    filter.due_before = std::get<absl::CivilDay>(condition.value);
    return absl::OkStatus();
  }
  const std::string& text = std::get<std::string>(condition.value);
  if (condition.field == "state") {
    filter.state = FromName<DossierState>(text);
    return absl::OkStatus();
  }
  if (condition.field == "school_year") {
    const auto year = base::SchoolYear::Parse(text);
    if (!year.has_value())
      return errors::FieldInvalid("filter", "expected a school year, e.g. \"2025-2026\"");
    filter.school_year = year->first_calendar_year();
    return absl::OkStatus();
  }
  VSV_ASSIGN_OR_RETURN(const OrganisationId organisation, ParseOrganisation(text, "filter"));
  if (condition.field == "delivering_organisation") filter.delivering = organisation;
  if (condition.field == "receiving_organisation") filter.receiving = organisation;
  if (condition.field == "responsible_organisation") filter.responsible = organisation;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DossierFilter> ParseDossierFilter(absl::string_view filter) {
  VSV_ASSIGN_OR_RETURN(const std::vector<aip::Condition> conditions,
                       aip::ParseFilter(filter, Fields()));
  DossierFilter parsed;
  std::set<std::string> seen;
  for (const aip::Condition& condition : conditions) {
    if (!seen.insert(condition.field).second) {
      return errors::FieldInvalid("filter", condition.field + " is there twice");
    }
    VSV_RETURN_IF_ERROR(Set(condition, parsed));
  }
  return parsed;
}

}  // namespace vsv::dossiers

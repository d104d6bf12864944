#include "services/outcomes/api/figure_filter.h"

#include "libs/aip/filter.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/api/field_reader.h"
#include "services/outcomes/domain/names.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace vsv::outcomes {
namespace {

const std::vector<aip::FilterField>& Fields() {
  using enum aip::FilterType;
  static const auto* const kFields = new std::vector<aip::FilterField>{
      {"indicator", kText},
      {"organisation", kText},
      {"level",
       kEnum,
       {"total", "entree", "mbo2", "mbo3", "mbo4", "vavo", "vo_lower", "vmbo_upper",
        "havo_vwo_upper"}},
      {"period", kText},
      {"kind", kEnum, {"NATIONAL", "REGION", "INSTITUTION", "COLLEGE", "TEAM", "DOMAIN", "OTHER"}},
      {"unit_code", kText},
      {"status", kEnum, {"PROVISIONAL", "DEFINITIVE", "RESTATED"}},
      {"origin", kEnum, {"PUBLISHED", "OWN_ESTIMATE"}},
  };
  return *kFields;
}

absl::StatusOr<std::map<std::string, std::string>> ReadEqualities(absl::string_view filter) {
  VSV_ASSIGN_OR_RETURN(const std::vector<aip::Condition> conditions,
                       aip::ParseFilter(filter, Fields()));
  std::map<std::string, std::string> equalities;
  for (const aip::Condition& condition : conditions) {
    if (condition.op != aip::FilterOperator::kEqual) {
      return errors::FieldInvalid("filter",
                                  absl::StrCat(condition.field, " can only be compared by '='"));
    }
    if (!equalities.emplace(condition.field, std::get<std::string>(condition.value)).second) {
      return errors::FieldInvalid("filter", absl::StrCat(condition.field, " is named twice"));
    }
  }
  return equalities;
}

}  // namespace

absl::StatusOr<FigureFilter> ParseFigureFilter(absl::string_view text) {
  VSV_ASSIGN_OR_RETURN(const auto equalities, ReadEqualities(text));
  FieldReader reader;
  FigureFilter filter;
  for (const auto& [field, value] : equalities) {
    if (field == "indicator") filter.indicator_id = reader.Indicator(value, "filter");
    if (field == "organisation") filter.organisation_id = reader.Organisation(value, "filter");
    if (field == "level") filter.level = LevelFromName(value);
    if (field == "period") filter.period = reader.Period(value, "filter");
    if (field == "kind") filter.kind = FromName<SliceKind>(value);
    if (field == "unit_code") filter.unit_code = value;
    if (field == "status") filter.status = FromName<FigureStatus>(value);
    if (field == "origin") filter.origin = FromName<FigureOrigin>(value);
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return filter;
}

}  // namespace vsv::outcomes

#include "services/partners/api/paging.h"

#include "absl/strings/str_cat.h"

#include <variant>

namespace vsv::partners {

absl::StatusOr<std::map<std::string, std::string>> ReadEqualities(
    absl::string_view filter, absl::Span<const aip::FilterField> fields) {
  VSV_ASSIGN_OR_RETURN(const std::vector<aip::Condition> conditions,
                       aip::ParseFilter(filter, fields));
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

}  // namespace vsv::partners

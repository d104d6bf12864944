// Filters and orders of lists. What is accepted has the types it was asked for.
#include "libs/aip/filter.h"

#include "libs/aip/order_by.h"
#include "libs/errors/errors.h"
#include "tests/fuzz/property.h"

#include <cstdint>

using vsv::aip::FilterField;
using vsv::aip::FilterType;
using vsv::fuzz::Demand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* fields =
      new std::vector<FilterField>{{"state", FilterType::kEnum, {"SENT", "ACCEPTED"}},
                                   {"name", FilterType::kText},
                                   {"open", FilterType::kBool},
                                   {"count", FilterType::kInteger},
                                   {"due_date", FilterType::kDate},
                                   {"create_time", FilterType::kTime}};
  const absl::string_view text = vsv::fuzz::Text(data, size);
  const auto conditions = vsv::aip::ParseFilter(text, *fields);
  if (!conditions.ok()) {
    Demand(vsv::errors::ReasonOf(conditions.status()) == "FIELD_INVALID", "refused by its reason");
  } else {
    Demand(conditions->size() <= vsv::aip::kMaxFilterConditions, "no more conditions than allowed");
    for (const auto& condition : *conditions) {
      for (const FilterField& field : *fields) {
        if (field.name != condition.field) continue;
        const size_t index = condition.value.index();
        static constexpr size_t kIndex[] = {0, 0, 2, 1, 3, 4};  // of FilterValue, by FilterType
        Demand(index == kIndex[static_cast<size_t>(field.type)], "a value of the field's type");
      }
    }
  }
  static const auto* allowed = new std::vector<std::string>{"name", "due_date"};
  const auto keys = vsv::aip::ParseOrderBy(text, *allowed);
  Demand(!keys.ok() || keys->size() <= allowed->size(), "each field once at most");
  return 0;
}

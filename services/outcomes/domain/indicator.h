// An indicator: what is measured, in which unit, and by which definition of which source.
#pragma once

#include "services/outcomes/domain/period.h"
#include "services/outcomes/domain/two_thirds.h"

#include "absl/time/time.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

enum class MeasureUnit { kPercent, kCount, kScore1To10 };
enum class Scope { kNotApplicable, kInternal, kAllInstitutions };

// One way of measuring. A figure belongs to exactly one: no trend runs across definitions or
// sources.
struct IndicatorDefinition {
  int version = 1;                     // 1, 2, ... within the indicator
  std::string source;                  // who publishes it, e.g. "DUO"
  std::string text;                    // what is counted, in words
  std::optional<Period> first_period;  // first period measured this way, where known
};

struct Indicator {
  std::string id;  // slug
  std::string display_name;
  MeasureUnit unit = MeasureUnit::kPercent;
  Scope scope =
      Scope::kNotApplicable;  // of progression; part of the indicator because it changes the value
  Better better = Better::kHigher;
  std::vector<IndicatorDefinition> definitions;  // ascending versions, at least one
  int64_t version = 1;                           // for the etag
  absl::Time created_at;
  absl::Time updated_at;

  const IndicatorDefinition* Definition(int definition_version) const {
    for (const IndicatorDefinition& definition : definitions) {
      if (definition.version == definition_version) return &definition;
    }
    return nullptr;
  }
};

}  // namespace vsv::outcomes

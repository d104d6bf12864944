// Rows of the tables to structs of the domain. A name that the domain does not know is a broken
// invariant and aborts: the tables' own constraints admit no other.
#pragma once

#include "libs/pg/result.h"
#include "services/outcomes/domain/ambition.h"
#include "services/outcomes/domain/cohort.h"
#include "services/outcomes/domain/figure.h"
#include "services/outcomes/domain/indicator.h"

#include "absl/strings/string_view.h"

#include <optional>

namespace vsv::outcomes {

// Without definitions.
Indicator IndicatorOf(const pg::Row& row);
IndicatorDefinition DefinitionOf(const pg::Row& row);
// Without targets and conflicts.
Ambition AmbitionOf(const pg::Row& row);
AmbitionTarget TargetOf(const pg::Row& row);
Figure FigureOf(const pg::Row& row);
Cohort CohortOf(const pg::Row& row);
CohortPupil PupilOf(const pg::Row& row);
// Decision from the columns outcome and deciding_code; without matches.
CountDecision DecisionOf(const pg::Row& row);
// nullopt for NULLs.
std::optional<Decimal> DecimalOf(const pg::Row& row, absl::string_view unscaled,
                                 absl::string_view scale);

}  // namespace vsv::outcomes

// Short stable names of the enums, for storage and filters. One word each, as in the contract
// without its prefix.
#pragma once

#include "services/outcomes/domain/ambition.h"
#include "services/outcomes/domain/cohort.h"
#include "services/outcomes/domain/figure.h"
#include "services/outcomes/domain/indicator.h"

#include "absl/strings/string_view.h"

#include <optional>

namespace vsv::outcomes {

absl::string_view NameOf(SliceKind value);
absl::string_view NameOf(FigureStatus value);
absl::string_view NameOf(FigureOrigin value);
absl::string_view NameOf(MeasureUnit value);
absl::string_view NameOf(Scope value);
absl::string_view NameOf(Better value);
absl::string_view NameOf(Direction value);
absl::string_view NameOf(Commitment value);
absl::string_view NameOf(CohortState value);
absl::string_view NameOf(CountOutcome value);

// The value of a name, e.g. FromName<SliceKind>("COLLEGE"); nullopt for any other text. For the
// enums above.
template <typename Enum>
std::optional<Enum> FromName(absl::string_view name);

}  // namespace vsv::outcomes

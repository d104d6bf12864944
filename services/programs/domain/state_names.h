// The names of enumerated values, as they are stored and as messages speak of them; those of the
// contract, without prefix.
#pragma once

#include "services/programs/domain/measure.h"
#include "services/programs/domain/program.h"
#include "services/programs/domain/special_assignment.h"

#include "absl/strings/string_view.h"

#include <optional>

namespace vsv::programs {

absl::string_view NameOf(MeasureState state);
absl::string_view NameOf(ResultState state);
absl::string_view NameOf(Process process);

// nullopt for a name that is none of the enum's.
std::optional<MeasureState> MeasureStateOf(absl::string_view name);
std::optional<ResultState> ResultStateOf(absl::string_view name);
std::optional<Process> ProcessOf(absl::string_view name);

}  // namespace vsv::programs

// The filter of ListFigures.
#pragma once

#include "services/outcomes/domain/figure_store.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace vsv::outcomes {

// FIELD_INVALID on `filter` for what is no conjunction of `field = value` over the documented
// fields, each at most once.
absl::StatusOr<FigureFilter> ParseFigureFilter(absl::string_view filter);

}  // namespace vsv::outcomes

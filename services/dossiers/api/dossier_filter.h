// The filter of ListDossiers.
#pragma once

#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace vsv::dossiers {

// FIELD_INVALID on `filter` for what is not in the documented subset, or names a field twice.
absl::StatusOr<DossierFilter> ParseDossierFilter(absl::string_view filter);

}  // namespace vsv::dossiers

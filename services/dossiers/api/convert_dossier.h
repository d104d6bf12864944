// A dossier as the store read it, as a message. Redaction comes after; what was not read is not in
// it anyway.
#pragma once

#include "libs/policy/redact.h"
#include "services/dossiers/domain/dossier_row.h"

#include "vsv/dossiers/v1/dossier.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// INTERNAL when a stored section cannot be read.
absl::StatusOr<v1::Dossier> ToProto(const DossierRow& row);

// The message, redacted to what the row was granted; where that is nothing, its name alone
// (DossierStore::Mutate).
absl::StatusOr<policy::Cleared<v1::Dossier>> ToCleared(const DossierRow& row);

}  // namespace vsv::dossiers

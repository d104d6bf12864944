// From UpdateDossierRequest to what the domain writes.
#pragma once

#include "services/dossiers/api/checks.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/dossier_rules.h"

#include "google/protobuf/field_mask.pb.h"
#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "absl/status/statusor.h"

#include <vector>

namespace vsv::dossiers {

// The paths that an update touches: its mask, or without one every writable field that is set.
// Violations go to `checks`.
google::protobuf::FieldMask EffectiveMask(const v1::UpdateDossierRequest& request, Checks& checks);

// What to write to `row`. Rules over the whole (secret address, absence, birth date) are judged on
// the dossier as it will be. FIELD_INVALID with every violation.
absl::StatusOr<WriteCommand> ParseUpdate(const v1::Dossier& asked,
                                         const google::protobuf::FieldMask& mask,
                                         const DossierRow& row, absl::CivilDay today);

}  // namespace vsv::dossiers

// Who may erase a dossier. Pure.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// True for the organisation that answers to the young person for the dossier: the responsible one,
// and until it is accepted elsewhere the delivering one.
bool AccountsFor(const Dossier& dossier, const OrganisationId& organisation);

// In any state, of any age: what was asked for rightly is not refused for where the dossier stands.
// `made` is the moment. Errors: ROLE_REQUIRED.
absl::StatusOr<DossierChange> Erase(const DossierRow& row, const Asker& asker,
                                    ErasureGround ground);

}  // namespace vsv::dossiers

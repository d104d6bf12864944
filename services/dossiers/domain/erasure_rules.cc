#include "services/dossiers/domain/erasure_rules.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/erasure.h"

namespace vsv::dossiers {

bool AccountsFor(const Dossier& dossier, const OrganisationId& organisation) {
  const bool taken_over =
      dossier.state == DossierState::kAccepted || dossier.state == DossierState::kProcessed;
  return organisation == dossier.responsible || (organisation == dossier.delivering && !taken_over);
}

absl::StatusOr<DossierChange> Erase(const DossierRow& row, const Asker& asker,
                                    ErasureGround ground) {
  if (!AccountsFor(row.dossier, asker.organisation)) {
    return errors::RoleRequired("the organisation that accounts for the dossier alone does this");
  }
  DossierChange change = BeginChange(row, "ERASE");
  change.erasure = ground;
  change.made = ErasureReference(asker.now);
  return change;
}

}  // namespace vsv::dossiers

#include "services/dossiers/domain/change.h"

#include "services/dossiers/domain/count_changes.h"

#include <string>
#include <utility>

namespace vsv::dossiers {

DossierChange BeginChange(const DossierRow& row, absl::string_view operation) {
  DossierChange change;
  change.dossier = row.dossier;
  change.operation = std::string(operation);
  return change;
}

DossierChange WithCounts(const DossierRow& row, const Asker& asker, DossierChange change) {
  change.counts = CountsOfChange(row, change, asker.today);
  return change;
}

bool Guides(const Dossier& dossier, const OrganisationId& organisation) {
  return organisation == dossier.delivering || organisation == dossier.responsible;
}

bool Receives(const Dossier& dossier, const OrganisationId& organisation) {
  return dossier.receiving.has_value() && organisation == *dossier.receiving;
}

}  // namespace vsv::dossiers

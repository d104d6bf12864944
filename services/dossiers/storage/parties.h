// Explicit relations of organisations with a dossier, as the writes bring them about.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/status.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// One relation that begins or ends.
struct Party {
  RegionId region;
  DossierId dossier;
  OrganisationId organisation;
  std::string relation;  // a name of dossier_parties.relation
  OrganisationId set_by;
  absl::Time at;
};

struct PartyChanges {
  std::vector<Party> opened;
  std::vector<Party> closed;
};

// The relation of who makes the dossier.
void AddDeliveringParty(const CreateCommand& command, PartyChanges& parties);

// What `change` of `before` by `asker` does to relations:
//  - RECEIVING is the addressee's while there is one;
//  - APPLIED_TO begins with an application and does not end: the institution keeps sight of it;
//  - CONSENTED_PARTY is a recipient's as long as a consent that names it has not been withdrawn.
void AddPartyChanges(const Asker& asker, const DossierRow& before, const DossierChange& change,
                     PartyChanges& parties);

// Writes them, ends first.
absl::Status WriteParties(pg::Transaction& tx, const PartyChanges& parties);

}  // namespace vsv::dossiers

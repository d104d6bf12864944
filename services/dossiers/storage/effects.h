// Writes what decisions have changed: each table with one statement for the whole batch.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// One decision on a row that is locked. `change.dossier` has its new version and update time.
struct Effect {
  const Asker* asker;
  const DossierRow* before;
  DossierChange change;
};

// Writes `effects`, of distinct dossiers, all but audit and outbox. Relations come last: a caller
// may lose the dossier by what it does, and still has to write it.
absl::Status WriteEffects(pg::Transaction& tx, const std::vector<Effect>& effects);

// A dossier to make, with the keyed hash and the sealed number of its pupil.
struct NewDossier {
  const CreateCommand* command;
  PupilId pupil;  // for a pupil that is not known yet
  std::string pgn_hash;
  std::string pgn_sealed;
};

// Makes pupils and dossiers, and gives the pupil of each, nullopt where the school has a live
// dossier for the pupil and school year already; of such a one nothing is written.
absl::StatusOr<std::vector<std::optional<PupilId>>> WriteNewDossiers(
    pg::Transaction& tx, const std::vector<NewDossier>& dossiers);

// Bumps counters, one row per key in the order of the keys. `counts` may name a key twice; on
// return it is what was written: distinct keys, no zero.
absl::Status WriteCounts(pg::Transaction& tx, std::vector<CountDelta>& counts);

}  // namespace vsv::dossiers

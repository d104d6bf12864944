// The answer to who has just made a dossier: what it wrote itself, as far as it is granted.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <vector>

namespace vsv::dossiers {

// What each maker may have of the dossier that its command has made in this transaction. A new
// dossier has no history: the judgement looks at the asker and at facts that a batch shares, so it
// is made once for all commands of which these are alike. PROJECTION_STALE as for every judgement.
absl::StatusOr<std::vector<CategorySet>> JudgeMade(pg::Transaction& tx,
                                                   const std::vector<const CreateCommand*>& makers,
                                                   absl::Duration max_age);

// The row as it would be read: nothing in it that is not granted.
DossierRow MadeRow(const CreateCommand& command, const PupilId& pupil, CategorySet granted);

}  // namespace vsv::dossiers

// One batch of counters that moved.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/change_store.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Regions at position 0 are given in whole, with the position up to which that holds; else the
// counters that moved after their positions. No personal data.
absl::StatusOr<CountChanges> CountChangesIn(pg::Transaction& tx, const ChangesCommand& command);

}  // namespace vsv::dossiers

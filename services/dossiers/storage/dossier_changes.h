// One transaction of mutations: claim, lock, judge, decide, write, log, publish.
#pragma once

#include "libs/pg/pool.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"

#include <vector>

namespace vsv::dossiers {

// Executes `commands`, of distinct dossiers and distinct request ids, in one transaction. A command
// that is refused after its request id was claimed makes the transaction run again without it, so
// that its claim is gone, its refusal is logged, and its neighbours are done; one that makes the
// transaction fail is found by halving.
std::vector<absl::StatusOr<DossierRow>> MutateTogether(
    pg::Pool& pool, const PupilKeys& keys, const PgStoreOptions& options,
    const std::vector<const MutateCommand*>& commands);

}  // namespace vsv::dossiers

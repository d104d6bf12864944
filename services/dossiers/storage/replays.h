// Requests that were done before.
#pragma once

#include "libs/pg/idempotency.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/ids.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// The reference that each request left, nullopt where it was not done before.
absl::StatusOr<std::vector<std::optional<std::string>>> FindReferences(
    pg::Transaction& tx, const std::vector<pg::IdempotencyKey>& requests);

// A request that was done before, and the dossier that it changed.
struct Repeated {
  pg::IdempotencyKey request;
  DossierId dossier;
};

// What callers are told that have lost sight of the dossier, behind the wall: its process facts and
// what decisions need, as they are told who changes it. nullopt where it is gone.
absl::StatusOr<std::vector<std::optional<DossierRow>>> ReadRepeated(
    pg::Transaction& tx, const std::vector<Repeated>& repeated, const PupilKeys& keys);

}  // namespace vsv::dossiers

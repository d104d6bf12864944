// What subscribers follow, on PostgreSQL. Specification: domain/change_store.h.
#pragma once

#include "libs/pg/pool.h"
#include "services/dossiers/domain/change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// Thread-safe. `pool` is that of the service's app role and outlives the store.
//
// Feed rows say that a dossier changed; what a subscriber gets is judged from the present state, in
// the statement that reads it, and noted as held before it leaves. What it held and is granted no
// longer it is told to give up, though nothing is visible to it any more; also a second time, when
// it comes back with a cursor from before.
class PgChangeStore : public ChangeStore {
 public:
  PgChangeStore(pg::Pool& pool, const PupilKeys& keys, PgStoreOptions options)
      : pool_(pool), keys_(keys), options_(options) {}

  absl::StatusOr<std::string> Epoch(absl::Time deadline) override;
  absl::StatusOr<Positions> Heads(const std::vector<RegionId>& regions,
                                  absl::Time deadline) override;
  absl::StatusOr<std::vector<DossierRow>> Snapshot(const SnapshotCommand& command) override;
  absl::StatusOr<DossierChanges> Changes(const ChangesCommand& command) override;
  absl::StatusOr<CountChanges> Counts(const ChangesCommand& command) override;

 private:
  pg::Pool& pool_;
  PupilKeys keys_;
  PgStoreOptions options_;
};

}  // namespace vsv::dossiers

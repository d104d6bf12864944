// What subscribers follow, on PostgreSQL. Specification: domain/change_store.h.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/coalescer.h"
#include "libs/pg/pool.h"
#include "services/dossiers/domain/change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pupil_keys.h"
#include "services/dossiers/storage/recent_changes.h"
#include "services/dossiers/storage/usual_size.h"
#include "services/dossiers/storage/watch_dossiers.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Thread-safe. `pool` is that of the service's app role, `worker` that of its worker role; they and
// `clock` outlive the store.
//
// Feed rows say that a dossier changed; what a subscriber gets is judged from the present state, in
// the statement that reads it, and noted as held before it leaves. What it held and is granted no
// longer it is told to give up, though nothing is visible to it any more; also a second time, when
// it comes back with a cursor from before.
//
// Who follows the end of the feed is served from what was read of it once for all, and shares its
// transaction with whoever else is there; who is further behind reads for itself until it has
// caught up.
class PgChangeStore : public ChangeStore {
 public:
  PgChangeStore(pg::Pool& pool, pg::Pool& worker, const PupilKeys& keys, const base::Clock& clock,
                PgStoreOptions options, pg::CoalescerOptions together);

  absl::StatusOr<std::string> Epoch(absl::Time deadline) override;
  absl::StatusOr<Positions> Heads(const std::vector<RegionId>& regions,
                                  absl::Time deadline) override;
  absl::StatusOr<Page<DossierRow>> Snapshot(const SnapshotCommand& command) override;
  absl::StatusOr<DossierChanges> Changes(const ChangesCommand& command) override;
  absl::StatusOr<CountChanges> Counts(const ChangesCommand& command) override;

 private:
  absl::StatusOr<DossierChanges> CatchUp(const ChangesCommand& command);
  // nullopt: it fell behind while it waited, or waits for somebody's change.
  using Followed = std::optional<DossierChanges>;
  // The batch of the coalescer: subscribers that follow the end of the feed.
  std::vector<absl::StatusOr<Followed>> FollowTogether(std::vector<ChangesCommand> commands,
                                                       absl::Time deadline);
  absl::StatusOr<std::vector<std::optional<Delivered>>> Deliver(
      const std::vector<const ForSubscriber*>& together, absl::Time deadline);

  pg::Pool& pool_;
  PupilKeys keys_;
  PgStoreOptions options_;
  UsualSize usual_;
  RecentChanges recent_;
  pg::Coalescer<ChangesCommand, Followed> follow_;
};

}  // namespace vsv::dossiers

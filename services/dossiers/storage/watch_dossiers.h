// One batch of dossier changes for one subscriber.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/change_store.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace vsv::dossiers {

// Positions as the domain and as the feed library have them.
feed::Positions ToFeed(const Positions& positions);
Positions FromFeed(const feed::Positions& positions);

// Reads the feed, judges the present state of what changed, notes receipts and recalls, and who was
// given what, all in the caller's transaction.
absl::StatusOr<DossierChanges> DossierChangesIn(pg::Transaction& tx, const ChangesCommand& command,
                                                const PupilKeys& keys, absl::Duration max_age);

}  // namespace vsv::dossiers

// The epoch within which positions of the feed count. A restored database may hand out a position
// for the second time, so a restore must begin a new epoch; every cursor of the old one is then
// refused and its holder starts afresh.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <string>

namespace vsv::feed {

// The present epoch; begins the first one on a new database. FAILED_PRECONDITION EPOCH_STALE when
// the database is another than the epoch began on (restored from a backup or a dump, a standby
// promoted): the operator must call BumpEpoch, or delete the row of feed_epoch. For the worker
// role.
absl::StatusOr<std::string> EnsureEpoch(pg::Transaction& tx);

// EnsureEpoch in a transaction of its own. Call at start, before anything is served.
absl::Status CheckEpochAtStart(pg::Pool& worker, absl::Time deadline);

// Begins a new epoch on the database as it is now. For the worker role.
absl::StatusOr<std::string> BumpEpoch(pg::Transaction& tx);

// The present epoch, for readers. UNAVAILABLE when none has begun yet.
absl::StatusOr<std::string> ReadEpoch(pg::Transaction& tx);

}  // namespace vsv::feed

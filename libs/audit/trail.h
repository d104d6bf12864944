// Where the sealer is with the trail, as kept in the database.
#pragma once

#include "libs/audit/merkle.h"
#include "libs/audit/snapshot.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

// A place in the order in which entries are taken.
struct EntryPlace {
  int64_t transaction = 0;
  std::string region;
  std::string id = "00000000-0000-0000-0000-000000000000";
};

struct Trail {
  std::string id;
  int64_t number = 0;  // of the last checkpoint
  Frontier tree;
  Snapshot sealed;                 // all entries whose transactions had ended in it are leaves,
  std::optional<Snapshot> taking;  // and of those that ended up to this one
  EntryPlace after;                // the entries up to here
};

struct TrailRow {
  std::optional<Trail> trail;  // nullopt: none has begun
  Snapshot current;            // the database's own
};

// The first statement of the transaction that seals. DATA_LOSS when the row makes no sense.
absl::StatusOr<TrailRow> ReadTrail(pg::Transaction& tx);
absl::Status WriteTrail(pg::Transaction& tx, const Trail& trail);

// Whether the database is of a service that has a trail to seal.
absl::StatusOr<bool> HasTrail(pg::Transaction& tx);

// An entry that is no leaf yet.
struct Unsealed {
  EntryPlace place;
  std::string digests;  // of the entry and of its subjects (leaf.h)
};

// The next `limit` entries that had ended in `taking`.
absl::StatusOr<std::vector<Unsealed>> TakeUnsealed(pg::Transaction& tx, const Trail& trail,
                                                   const Snapshot& taking, int64_t limit);

struct Backlog {
  int64_t entries = 0;
  std::optional<absl::Time> oldest;
};

// What is committed and no leaf yet.
absl::StatusOr<Backlog> MeasureBacklog(pg::Transaction& tx);

}  // namespace vsv::audit

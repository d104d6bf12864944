// Seals the audit trail behind the acts: puts what was committed in one order, grows a Merkle tree
// over it and signs its root, into the database and into a file outside of it. Runs in every
// instance of a server; a lock in the database makes one of them do the work at a time.
#pragma once

#include "libs/audit/checkpoint.h"
#include "libs/audit/checkpoint_file.h"
#include "libs/audit/trail.h"
#include "libs/base/ed25519.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::audit {

struct SealerOptions {
  std::string service;      // "dossiers"
  std::string key_file;     // PEM: the private key of Ed25519, for nobody but its owner to read
  std::string directory;    // of the checkpoints outside of the database
  int64_t portion = 10000;  // entries in one transaction, and under one checkpoint
  std::function<void(const Backlog&)> on_backlog = [](const Backlog&) {};
};

// Every method for the worker role.
class Sealer {
 public:
  // FAILED_PRECONDITION names the file or directory that is not as it must be, and why.
  static absl::StatusOr<Sealer> Open(SealerOptions options);

  // Whether the database holds what was sealed, as far as it is known outside. Call at start,
  // before anything is served. AUDIT_TRAIL_STALE when the database is older (restored, rolled
  // back): begin a new trail; AUDIT_TRAIL_CHANGED when it holds something else.
  absl::Status Check(pg::Transaction& tx) const;

  // Seals one portion of what is committed; begins the trail when there is none. Returns how many
  // entries when there may be more at once, otherwise 0. Errors as of Check.
  absl::StatusOr<int64_t> Seal(pg::Transaction& tx) const;

  // Copies checkpoints that are committed to the file outside, also those of other instances.
  // Returns how many.
  absl::StatusOr<int64_t> KeepOutside(pg::Transaction& tx) const;

  // After a restore, with no server running: the trail goes on under a new id from what the
  // database holds, and says after which state it does. KeepOutside, once this is committed.
  absl::Status BeginTrail(pg::Transaction& tx) const;

  // All of it, again and again, for a housekeeper of its own. Must outlive it.
  std::vector<pg::Chore> Chores() const;

 private:
  Sealer(SealerOptions options, base::Ed25519Key key, CheckpointFile file)
      : options_(std::move(options)), key_(std::move(key)), file_(std::move(file)) {}

  // The number in the database of the last checkpoint outside; 0 when there is none.
  absl::StatusOr<int64_t> Find(pg::Transaction& tx,
                               const std::optional<KeptCheckpoint>& last) const;
  absl::Status CheckTree(pg::Transaction& tx, const Trail& trail) const;
  // Signs the tree as it is and writes all of the trail.
  absl::Status Write(pg::Transaction& tx, Trail& trail,
                     const std::optional<TreeHead>& restored_after) const;

  SealerOptions options_;
  base::Ed25519Key key_;
  CheckpointFile file_;
};

}  // namespace vsv::audit

#include "services/dossiers/storage/pg_change_store.h"

#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/watch_counts.h"
#include "services/dossiers/storage/watch_dossiers.h"

#include <string>
#include <utility>

namespace vsv::dossiers {

absl::StatusOr<std::string> PgChangeStore::Epoch(absl::Time deadline) {
  std::string epoch;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(epoch, feed::ReadEpoch(tx));
                                             return absl::OkStatus();
                                           }));
  return epoch;
}

absl::StatusOr<Positions> PgChangeStore::Heads(const std::vector<RegionId>& regions,
                                               absl::Time deadline) {
  std::vector<std::string> names;
  for (const RegionId& region : regions) names.push_back(region.value());
  Positions heads;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const feed::Positions read, feed::GetHeads(tx, names));
        heads = FromFeed(read);
        return absl::OkStatus();
      }));
  return heads;
}

absl::StatusOr<std::vector<DossierRow>> PgChangeStore::Snapshot(const SnapshotCommand& command) {
  ListCommand list;
  list.asker = command.asker;
  list.region = command.region;
  list.after = command.after;
  list.page_size = command.limit;
  std::vector<DossierRow> chunk;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, {{command.asker.organisation.value()}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(chunk, ListIn(tx, list, keys_, options_.max_register_age));
        return absl::OkStatus();
      }));
  return chunk;
}

absl::StatusOr<DossierChanges> PgChangeStore::Changes(const ChangesCommand& command) {
  DossierChanges changes;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, {{command.asker.organisation.value()}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(changes,
                             DossierChangesIn(tx, command, keys_, options_.max_register_age));
        return absl::OkStatus();
      }));
  return changes;
}

absl::StatusOr<CountChanges> PgChangeStore::Counts(const ChangesCommand& command) {
  CountChanges changes;
  // Read committed: the positions first, then the counters, so that what is missed in between comes
  // again with the feed.
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadWrite, command.asker.deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(changes,
                                                                  CountChangesIn(tx, command));
                                             return absl::OkStatus();
                                           }));
  return changes;
}

}  // namespace vsv::dossiers

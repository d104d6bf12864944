#include "services/partners/storage/pg_directory_feed.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/epoch.h"
#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/write.h"

#include <map>
#include <utility>

namespace vsv::partners {

namespace {

// What changed again and again is sent once a batch: the more of the feed it spans, the sooner who
// fell behind is level, however fast the register is written to.
constexpr int64_t kBatchChanges = 500;
// There is one directory: nothing else decides what a subscriber gets.
constexpr absl::string_view kFilter = "directory";

// The present state of what changed, by position of its newest change.
using ByPosition = std::map<int64_t, DirectoryResource>;

// Newest position of each resource of one kind.
using Positions = std::map<Key, int64_t>;

template <typename T>
absl::Status ReadKind(pg::Transaction& tx, const std::map<std::string, Positions>& kinds,
                      ByPosition& changes) {
  const auto it = kinds.find(std::string(Rows<T>::kResource));
  if (it == kinds.end()) return absl::OkStatus();
  std::vector<Key> keys;
  for (const auto& [key, position] : it->second) keys.push_back(key);
  VSV_ASSIGN_OR_RETURN(std::vector<T> rows, Rows<T>::Read(tx, keys));
  for (T& row : rows) changes.emplace(it->second.at(KeyOf(row)), std::move(row));
  return absl::OkStatus();
}

absl::StatusOr<ByPosition> ReadResources(pg::Transaction& tx,
                                         const std::vector<feed::FeedEntry>& entries) {
  std::map<std::string, Positions> kinds;
  for (const feed::FeedEntry& entry : entries) {
    kinds[entry.resource_kind][ParseKey(entry.resource_id)] = entry.position;
  }
  ByPosition changes;
  VSV_RETURN_IF_ERROR(ReadKind<Organisation>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<Region>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<RegionMembership>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<ProgrammeRole>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<Agreement>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<Mandate>(tx, kinds, changes));
  VSV_RETURN_IF_ERROR(ReadKind<Credential>(tx, kinds, changes));
  return changes;
}

}  // namespace

absl::StatusOr<DirectoryBatch> PgDirectoryFeed::Next(const std::string& cursor,
                                                     const std::string& subscriber,
                                                     absl::Time deadline) {
  DirectoryBatch batch;
  const auto read = [&](pg::Transaction& tx) -> absl::Status {
    batch = DirectoryBatch();
    feed::Cursor at;
    VSV_ASSIGN_OR_RETURN(at.epoch, feed::ReadEpoch(tx));
    at.subscriber = subscriber;
    at.filter_hash = std::string(kFilter);
    at.positions = {{std::string(kNationalRegion), 0}};
    if (!cursor.empty()) {
      VSV_ASSIGN_OR_RETURN(at, cursors_.Read(cursor, {.epoch = at.epoch,
                                                      .subscriber = at.subscriber,
                                                      .filter_hash = at.filter_hash}));
    }
    VSV_ASSIGN_OR_RETURN(feed::FeedBatch entries, feed::ReadFeed(tx, at.positions, kBatchChanges));
    VSV_ASSIGN_OR_RETURN(ByPosition changes, ReadResources(tx, entries.entries));
    for (auto& [position, resource] : changes)
      batch.changes.push_back({std::move(resource), position});
    batch.position = entries.positions.at(std::string(kNationalRegion));
    batch.cursor_behind = [this, at](int64_t position) {
      feed::Cursor behind = at;
      behind.positions = {{std::string(kNationalRegion), position}};
      return cursors_.Make(behind);
    };
    batch.current_as_of = entries.current_as_of;
    batch.more = entries.more;
    return absl::OkStatus();
  };
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {}, read));
  return batch;
}

}  // namespace vsv::partners

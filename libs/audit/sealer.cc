#include "libs/audit/sealer.h"

#include "libs/audit/leaf.h"
#include "libs/audit/merkle.h"
#include "libs/audit/statements.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <sys/stat.h>

namespace vsv::audit {
namespace {

constexpr absl::Duration kInterval = absl::Seconds(4);
constexpr int64_t kNotesAtOnce = 1000;

absl::Status KeyFailed(const std::string& path, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("the key of the audit trail '", path, "' ", why));
}

absl::StatusOr<base::Ed25519Key> ReadKey(const std::string& path) {
  struct stat about = {};
  if (stat(path.c_str(), &about) != 0) return KeyFailed(path, std::strerror(errno));
  if ((about.st_mode & 077) != 0) {
    return KeyFailed(path, "may be read by others: chmod 0600");
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return KeyFailed(path, "cannot be read");
  absl::StatusOr<base::Ed25519Key> key = base::Ed25519Key::FromPem(content.str());
  if (!key.ok()) return KeyFailed(path, absl::StrCat("holds ", key.status().message()));
  return key;
}

// "Stale" is what an honest restore looks like, "changed" what it never does.
absl::Status Stale(const std::string& service, const TreeHead& outside) {
  return errors::Precondition(
      "AUDIT_TRAIL_STALE",
      "the database does not hold all of the audit trail that is known outside: it was restored or "
      "rolled back; begin a new epoch (--begin_epoch) before serving",
      {{"service", service},
       {"trail_outside", outside.trail},
       {"size_outside", absl::StrCat(outside.size)}});
}

absl::Status Changed(const std::string& service, absl::string_view what) {
  return errors::Precondition("AUDIT_TRAIL_CHANGED",
                              absl::StrCat("the audit trail was changed behind the sealer's back: ",
                                           what, "; nothing is sealed, verify the trail"),
                              {{"service", service}});
}

std::string NewTrailId() {
  const base::SystemClock clock;
  return base::NewUuidV7(clock);
}

absl::StatusOr<std::optional<Checkpoint>> CheckpointOf(pg::Transaction& tx, const Trail& trail) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetCheckpoint, pg::Params().Int(trail.number)));
  if (rows.empty()) return std::optional<Checkpoint>();
  VSV_ASSIGN_OR_RETURN(Checkpoint checkpoint, ParseCheckpoint(rows[0].Text("note")));
  return std::optional<Checkpoint>(std::move(checkpoint));
}

}  // namespace

absl::StatusOr<Sealer> Sealer::Open(SealerOptions options) {
  VSV_ASSIGN_OR_RETURN(base::Ed25519Key key, ReadKey(options.key_file));
  VSV_ASSIGN_OR_RETURN(CheckpointFile file, CheckpointFile::In(options.directory, options.service));
  return Sealer(std::move(options), std::move(key), std::move(file));
}

absl::StatusOr<int64_t> Sealer::Find(pg::Transaction& tx,
                                     const std::optional<KeptCheckpoint>& last) const {
  if (!last.has_value()) return 0;
  const TreeHead& head = last->checkpoint.head;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kFindCheckpoint, pg::Params().Text(head.trail).Int(head.size)));
  const pg::Row row = rows[0];
  if (!row.IsNull("number")) {
    if (row.Text("note") == last->note) return row.Int("number");
    return Changed(options_.service, "a checkpoint is not the one that is known outside");
  }
  if (!row.IsNull("restore_number")) return row.Int("restore_number") - 1;
  return Stale(options_.service, head);
}

absl::Status Sealer::CheckTree(pg::Transaction& tx, const Trail& trail) const {
  VSV_ASSIGN_OR_RETURN(const std::optional<Checkpoint> last, CheckpointOf(tx, trail));
  if (!last.has_value() || last->head != TreeHead{trail.id, trail.tree.size(), trail.tree.Root()}) {
    return Changed(options_.service, "the tree is not that of its last checkpoint");
  }
  return absl::OkStatus();
}

absl::Status Sealer::Check(pg::Transaction& tx) const {
  VSV_ASSIGN_OR_RETURN(const std::optional<KeptCheckpoint> last, file_.Last());
  VSV_RETURN_IF_ERROR(Find(tx, last));
  VSV_ASSIGN_OR_RETURN(const TrailRow row, ReadTrail(tx));
  return row.trail.has_value() ? CheckTree(tx, *row.trail) : absl::OkStatus();
}

absl::Status Sealer::Write(pg::Transaction& tx, Trail& trail,
                           const std::optional<TreeHead>& restored_after) const {
  const Checkpoint checkpoint{options_.service,
                              {trail.id, trail.tree.size(), trail.tree.Root()},
                              ++trail.number,
                              absl::Now(),
                              restored_after};
  std::optional<std::string> after_trail;
  std::optional<int64_t> after_size;
  if (restored_after.has_value()) {
    after_trail = restored_after->trail;
    after_size = restored_after->size;
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kAddCheckpoint, pg::Params()
                                                          .Int(trail.number)
                                                          .Text(trail.id)
                                                          .Int(trail.tree.size())
                                                          .Text(after_trail)
                                                          .Int(after_size)
                                                          .Text(SignCheckpoint(checkpoint, key_))));
  return WriteTrail(tx, trail);
}

absl::StatusOr<int64_t> Sealer::Seal(pg::Transaction& tx) const {
  VSV_ASSIGN_OR_RETURN(const std::optional<KeptCheckpoint> last, file_.Last());
  VSV_ASSIGN_OR_RETURN(const pg::Result lock, tx.Execute(sql::kLockSealer));
  if (!lock[0].Bool("locked")) return 0;
  VSV_ASSIGN_OR_RETURN(TrailRow row, ReadTrail(tx));
  VSV_RETURN_IF_ERROR(Find(tx, last));
  if (!row.trail.has_value()) {
    Trail begun;
    begun.id = NewTrailId();
    VSV_RETURN_IF_ERROR(Write(tx, begun, std::nullopt));
    return 1;
  }
  Trail& trail = *row.trail;
  VSV_RETURN_IF_ERROR(CheckTree(tx, trail));
  if (trail.sealed.none_from > row.current.none_from) {
    return Changed(options_.service,
                   "its transactions lie in the future of this database, which was loaded from a "
                   "dump of another one");
  }
  const bool in_the_middle = trail.taking.has_value();
  const Snapshot taking = trail.taking.value_or(row.current);
  VSV_ASSIGN_OR_RETURN(const std::vector<Unsealed> entries,
                       TakeUnsealed(tx, trail, taking, options_.portion));
  const auto count = static_cast<int64_t>(entries.size());
  if (count == 0 && !in_the_middle) return 0;
  const bool full = count >= options_.portion;
  const int64_t first_leaf = trail.tree.size();
  std::vector<std::string> ids;
  std::string digests;
  for (const Unsealed& entry : entries) {
    trail.tree.Append(LeafHash(entry.digests));
    ids.push_back(entry.place.id);
    digests += entry.digests;
  }
  if (full) {
    trail.taking = taking;
    trail.after = entries.back().place;
  } else {
    trail.sealed = taking;
    trail.taking.reset();
    trail.after = EntryPlace();
  }
  // A round whose last portion was full to the brim ends with nothing more.
  if (count == 0) {
    VSV_RETURN_IF_ERROR(WriteTrail(tx, trail));
    return 1;
  }
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kAddSegment, pg::Params().Int(first_leaf).TextArray(ids).Bytes(digests)));
  VSV_RETURN_IF_ERROR(Write(tx, trail, std::nullopt));
  // Behind a round that took several portions there may be what was committed meanwhile.
  return full || in_the_middle ? count : 0;
}

absl::StatusOr<int64_t> Sealer::KeepOutside(pg::Transaction& tx) const {
  return file_.Add(
      [&](const std::optional<KeptCheckpoint>& last) -> absl::StatusOr<std::vector<std::string>> {
        VSV_ASSIGN_OR_RETURN(const int64_t known, Find(tx, last));
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(sql::kListCheckpoints, pg::Params().Int(known).Int(kNotesAtOnce)));
        std::vector<std::string> notes;
        for (const pg::Row row : rows) notes.push_back(row.Text("note"));
        return notes;
      });
}

absl::Status Sealer::BeginTrail(pg::Transaction& tx) const {
  VSV_ASSIGN_OR_RETURN(const std::optional<KeptCheckpoint> outside, file_.Last());
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kAwaitSealer));
  VSV_ASSIGN_OR_RETURN(const TrailRow row, ReadTrail(tx));
  Trail trail = row.trail.value_or(Trail());
  std::optional<TreeHead> after;
  if (outside.has_value()) {
    after = outside->checkpoint.head;
  } else if (row.trail.has_value()) {
    after = TreeHead{trail.id, trail.tree.size(), trail.tree.Root()};
  }
  if (row.trail.has_value()) VSV_RETURN_IF_ERROR(CheckTree(tx, trail));
  trail.id = NewTrailId();
  return Write(tx, trail, after);
}

std::vector<pg::Chore> Sealer::Chores() const {
  return {{"audit_seal", kInterval, [this](pg::Transaction& tx) { return Seal(tx); }},
          {"audit_checkpoints", kInterval, [this](pg::Transaction& tx) { return KeepOutside(tx); }},
          {"audit_backlog", kInterval, [this](pg::Transaction& tx) -> absl::StatusOr<int64_t> {
             VSV_ASSIGN_OR_RETURN(const Backlog backlog, MeasureBacklog(tx));
             options_.on_backlog(backlog);
             return 0;
           }}};
}

}  // namespace vsv::audit

#include "services/dossiers/api/dossier_watch.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/policy/redact.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/convert_dossier.h"
#include "services/dossiers/api/convert_related.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <string>
#include <utility>
#include <variant>

namespace vsv::dossiers {
namespace {

using Change = policy::Cleared<v1::DossierChange>;
using Message = policy::Cleared<v1::WatchDossiersResponse>;

constexpr int kBatch = 100;  // dossiers a message
// Dossiers that a transaction of the snapshot judges. What it has noted as handed out waits in
// memory until the subscriber has taken it, and the next portion with it (rpc/watch.h), so it is no
// more than some messages; the fewer, the more often the same is asked about the caller.
constexpr int kChunk = 1000;
// A subscriber that nothing concerns is told how far it is no more often than this.
constexpr absl::Duration kBetweenCheckpoints = absl::Milliseconds(500);

absl::StatusOr<Change> Upsert(const DossierRow& row, std::string event_id) {
  v1::DossierChange change;
  change.set_event_id(std::move(event_id));
  VSV_ASSIGN_OR_RETURN(*change.mutable_upsert(), ToProto(row));
  return policy::Redact(std::move(change), ToPolicy(row.granted));
}

absl::StatusOr<Change> ToChange(const DossierChangeRow& row) {
  const std::string event_id = absl::StrCat(row.region.value(), "-", row.position);
  if (const auto* dossier = std::get_if<DossierRow>(&row.change)) return Upsert(*dossier, event_id);
  v1::DossierChange change;
  // Who loses some categories and keeps others gets two events of one position.
  change.set_event_id(absl::StrCat(event_id, "-recall"));
  *change.mutable_tombstone() = ToProto(std::get<Tombstone>(row.change));
  // That a dossier it once held is to be given up is process, and goes out although nothing is
  // granted any more.
  return policy::Redact(std::move(change), ToPolicy({Category::kProcess}));
}

Message Finish(v1::WatchDossiersResponse shell, std::vector<Change> changes) {
  return policy::Assemble(
      std::move(shell), std::move(changes),
      [](v1::WatchDossiersResponse* reply) { return reply->mutable_changes(); });
}

}  // namespace

absl::StatusOr<DossierWatch::Batch> DossierWatch::Next(const rpc::CallContext& call) {
  return position_.snapshot().empty() ? NextOfTail(call) : NextOfSnapshot(call);
}

absl::StatusOr<DossierWatch::Batch> DossierWatch::NextOfSnapshot(const rpc::CallContext& call) {
  VSV_ASSIGN_OR_RETURN(const std::string epoch, store_.Epoch(call.deadline));
  VSV_RETURN_IF_ERROR(position_.CheckEpoch(epoch));
  const std::pair<std::string, std::string> at =
      absl::StrSplit(position_.snapshot(), absl::MaxSplits(':', 1));
  SnapshotCommand command{MakeAsker(call), RegionId(at.first), std::nullopt, kChunk};
  if (!at.second.empty()) command.after = DossierId(at.second);
  VSV_ASSIGN_OR_RETURN(const std::vector<DossierRow> rows, store_.Snapshot(command));
  const bool ends = rows.size() < kChunk;
  Batch batch;
  batch.more = true;
  absl::Span<const DossierRow> left = rows;
  do {
    const absl::Span<const DossierRow> some = left.subspan(0, kBatch);
    left.remove_prefix(some.size());
    VSV_ASSIGN_OR_RETURN(Message message, SnapshotMessage(some, at.first, ends && left.empty()));
    batch.messages.push_back(std::move(message));
  } while (!left.empty());
  return batch;
}

absl::StatusOr<Message> DossierWatch::SnapshotMessage(absl::Span<const DossierRow> rows,
                                                      const std::string& region, bool ends) {
  std::vector<Change> changes;
  changes.reserve(rows.size());
  for (const DossierRow& row : rows) {
    // A snapshot taken again gives the same event for the same version.
    VSV_ASSIGN_OR_RETURN(Change change, Upsert(row, absl::StrCat("s-", row.dossier.id.value(), "-",
                                                                 row.dossier.version)));
    changes.push_back(std::move(change));
  }
  v1::WatchDossiersResponse shell;
  if (ends) {
    const auto next = position_.positions().upper_bound(RegionId(region));
    const bool done = next == position_.positions().end();
    position_.set_snapshot(done ? "" : absl::StrCat(next->first.value(), ":"));
    shell.set_snapshot_complete(done);
  } else {
    position_.set_snapshot(absl::StrCat(region, ":", rows.back().dossier.id.value()));
  }
  shell.set_cursor(position_.Cursor(cursors_));
  return Finish(std::move(shell), std::move(changes));
}

absl::StatusOr<DossierWatch::Batch> DossierWatch::NextOfTail(const rpc::CallContext& call) {
  VSV_ASSIGN_OR_RETURN(const DossierChanges found,
                       store_.Changes({MakeAsker(call), position_.positions(), kBatch}));
  VSV_RETURN_IF_ERROR(position_.CheckEpoch(found.epoch));
  position_.set_positions(found.positions);
  Batch batch;
  batch.more = found.more;
  if (found.changes.empty() && call.start_time - told_at_ < kBetweenCheckpoints) return batch;
  told_at_ = call.start_time;
  std::vector<Change> changes;
  changes.reserve(found.changes.size());
  for (const DossierChangeRow& row : found.changes) {
    VSV_ASSIGN_OR_RETURN(Change change, ToChange(row));
    changes.push_back(std::move(change));
  }
  v1::WatchDossiersResponse shell;
  shell.set_cursor(position_.Cursor(cursors_));
  if (found.current_as_of.has_value())
    *shell.mutable_checkpoint_time() = aip::ToProto(*found.current_as_of);
  batch.messages.push_back(Finish(std::move(shell), std::move(changes)));
  return batch;
}

}  // namespace vsv::dossiers

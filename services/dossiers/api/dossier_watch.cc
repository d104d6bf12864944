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

constexpr int kMostChanges = 100;  // of a message of the snapshot, if it is not full before
// What a transaction of the snapshot judges at most. What it has noted as handed out waits in
// memory until the subscriber has taken it, and the next page with it (rpc/watch.h), so it is no
// more than some messages; the less, the more often the same is asked about the caller.
constexpr PageLimits kLargestPage{1000, 4 * rpc::kFullMessageBytes};
// Likewise of the tail: what one message holds.
constexpr PageLimits kLargestTail{100, rpc::kFullMessageBytes};
// A subscriber that nothing concerns is told how far it is no more often than this.
constexpr absl::Duration kBetweenCheckpoints = absl::Milliseconds(500);

absl::StatusOr<Change> Upsert(const DossierRow& row, std::string event_id) {
  v1::DossierChange change;
  change.set_event_id(std::move(event_id));
  VSV_ASSIGN_OR_RETURN(*change.mutable_upsert(), ToProto(row));
  return policy::Redact(std::move(change), ToPolicy(row.granted));
}

absl::StatusOr<Change> ToChange(const DossierChangeRow& row, const std::string& epoch) {
  // After a restore positions are given out again, in another epoch.
  const std::string event_id = absl::StrCat(epoch, "-", row.region.value(), "-", row.position);
  if (const auto* dossier = std::get_if<DossierRow>(&row.change)) return Upsert(*dossier, event_id);
  v1::DossierChange change;
  // Who loses some categories and keeps others gets two events of one position.
  change.set_event_id(absl::StrCat(event_id, "-recall"));
  *change.mutable_tombstone() = ToProto(std::get<Tombstone>(row.change));
  // That a dossier it once held is to be given up is process, and goes out although nothing is
  // granted any more.
  return policy::Redact(std::move(change), ToPolicy({Category::kProcess}));
}

// The changes of one message.
class Changes {
 public:
  void Add(Change change) {
    bytes_ += change.message().ByteSizeLong();
    changes_.push_back(std::move(change));
  }

  bool full() const { return changes_.size() >= kMostChanges || bytes_ >= rpc::kFullMessageBytes; }

  Message Finish(v1::WatchDossiersResponse shell) && {
    return policy::Assemble(
        std::move(shell), std::move(changes_),
        [](v1::WatchDossiersResponse* reply) { return reply->mutable_changes(); });
  }

 private:
  std::vector<Change> changes_;
  size_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<DossierWatch::Batch> DossierWatch::Next(const rpc::CallContext& call) {
  return position_.snapshot().empty() ? NextOfTail(call) : NextOfSnapshot(call);
}

absl::StatusOr<DossierWatch::Batch> DossierWatch::NextOfSnapshot(const rpc::CallContext& call) {
  VSV_ASSIGN_OR_RETURN(const std::string epoch, store_.Epoch(call.deadline));
  VSV_RETURN_IF_ERROR(position_.CheckEpoch(epoch));
  const std::pair<std::string, std::string> at =
      absl::StrSplit(position_.snapshot(), absl::MaxSplits(':', 1));
  SnapshotCommand command{MakeAsker(call), RegionId(at.first), std::nullopt, kLargestPage};
  if (!at.second.empty()) command.after = DossierId(at.second);
  VSV_ASSIGN_OR_RETURN(const Page<DossierRow> page, store_.Snapshot(command));
  Batch batch;
  batch.more = true;
  absl::Span<const DossierRow> left = page.rows;
  do {
    VSV_ASSIGN_OR_RETURN(Message message, SnapshotMessage(left, at.first, !page.more));
    batch.messages.push_back(std::move(message));
  } while (!left.empty());
  return batch;
}

absl::StatusOr<Message> DossierWatch::SnapshotMessage(absl::Span<const DossierRow>& left,
                                                      const std::string& region, bool ends) {
  Changes changes;
  DossierId last;
  for (; !left.empty() && !changes.full(); left.remove_prefix(1)) {
    const Dossier& dossier = left.front().dossier;
    VSV_ASSIGN_OR_RETURN(
        Change change,
        Upsert(left.front(), absl::StrCat(position_.epoch(), "-snapshot-", dossier.id.value(), "-",
                                          dossier.version)));
    changes.Add(std::move(change));
    last = dossier.id;
  }
  v1::WatchDossiersResponse shell;
  if (ends && left.empty()) {
    const auto next = position_.positions().upper_bound(RegionId(region));
    const bool done = next == position_.positions().end();
    position_.set_snapshot(done ? "" : absl::StrCat(next->first.value(), ":"));
    shell.set_snapshot_complete(done);
  } else {
    position_.set_snapshot(absl::StrCat(region, ":", last.value()));
  }
  shell.set_cursor(position_.Cursor(cursors_));
  return std::move(changes).Finish(std::move(shell));
}

absl::StatusOr<DossierWatch::Batch> DossierWatch::NextOfTail(const rpc::CallContext& call) {
  VSV_ASSIGN_OR_RETURN(const DossierChanges found,
                       store_.Changes({MakeAsker(call), position_.positions(), kLargestTail}));
  VSV_RETURN_IF_ERROR(position_.CheckEpoch(found.epoch));
  Batch batch;
  batch.more = found.more;
  position_.set_positions(found.positions);
  if (found.changes.empty() && call.start_time - told_at_ < kBetweenCheckpoints) return batch;
  told_at_ = call.start_time;
  Changes changes;
  for (const DossierChangeRow& row : found.changes) {
    VSV_ASSIGN_OR_RETURN(Change change, ToChange(row, position_.epoch()));
    changes.Add(std::move(change));
  }
  // In one message: a cursor between them would have to stand before all that is still to be told,
  // and of one dossier several positions may tell.
  v1::WatchDossiersResponse shell;
  shell.set_cursor(position_.Cursor(cursors_));
  if (found.current_as_of.has_value())
    *shell.mutable_checkpoint_time() = aip::ToProto(*found.current_as_of);
  batch.messages.push_back(std::move(changes).Finish(std::move(shell)));
  return batch;
}

}  // namespace vsv::dossiers

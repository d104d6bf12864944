// The source of one WatchDossiers stream: snapshot, then tail.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/api/watch_position.h"
#include "services/dossiers/domain/change_store.h"

#include "vsv/dossiers/v1/watch.pb.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// Called by one thread at a time. The references must outlive it.
class DossierWatch final : public rpc::WatchSource<v1::WatchDossiersResponse> {
 public:
  DossierWatch(ChangeStore& store, const feed::Cursors& cursors, WatchPosition position)
      : store_(store), cursors_(cursors), position_(std::move(position)) {}

  absl::StatusOr<Batch> Next(const rpc::CallContext& call) override;

 private:
  absl::StatusOr<Batch> NextOfSnapshot(const rpc::CallContext& call);
  absl::StatusOr<Batch> NextOfTail(const rpc::CallContext& call);

  // The message of as many of the first of `left` as it takes, which are left no more; the position
  // is behind them then. `ends`: behind all that is left the region ends.
  absl::StatusOr<policy::Cleared<v1::WatchDossiersResponse>> SnapshotMessage(
      absl::Span<const DossierRow>& left, const std::string& region, bool ends);

  ChangeStore& store_;
  const feed::Cursors& cursors_;
  WatchPosition position_;
  absl::Time told_at_ = absl::InfinitePast();  // start of the batch that gave the last message
};

}  // namespace vsv::dossiers

// The source of one WatchDossiers stream: snapshot, then tail.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/api/watch_position.h"
#include "services/dossiers/domain/change_store.h"

#include "vsv/dossiers/v1/watch.pb.h"

#include <optional>
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

  ChangeStore& store_;
  const feed::Cursors& cursors_;
  WatchPosition position_;
};

}  // namespace vsv::dossiers

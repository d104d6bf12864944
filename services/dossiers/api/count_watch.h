// The source of one WatchProcessCounts stream.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/api/watch_position.h"
#include "services/dossiers/domain/change_store.h"

#include "vsv/dossiers/v1/counts.pb.h"

#include <utility>

namespace vsv::dossiers {

// Called by one thread at a time. The references must outlive it.
class CountWatch final : public rpc::WatchSource<v1::WatchProcessCountsResponse> {
 public:
  CountWatch(ChangeStore& store, const feed::Cursors& cursors, WatchPosition position)
      : store_(store), cursors_(cursors), position_(std::move(position)) {}

  absl::StatusOr<Batch> Next(const rpc::CallContext& call) override;

 private:
  ChangeStore& store_;
  const feed::Cursors& cursors_;
  WatchPosition position_;
};

}  // namespace vsv::dossiers

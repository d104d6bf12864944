// Use cases of the two streams.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/domain/change_store.h"

#include "vsv/dossiers/v1/counts.pb.h"
#include "vsv/dossiers/v1/watch.pb.h"

#include "absl/status/statusor.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Opens sources. Thread-safe; the references must outlive it and every source.
class WatchHandlers {
 public:
  using Dossiers = rpc::WatchSource<v1::WatchDossiersResponse>;
  using Counts = rpc::WatchSource<v1::WatchProcessCountsResponse>;

  WatchHandlers(ChangeStore& store, const feed::Cursors& cursors)
      : store_(store), cursors_(cursors) {}

  // Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_EXPIRED.
  absl::StatusOr<std::unique_ptr<Dossiers>> OpenDossiers(const rpc::CallContext& call,
                                                         const v1::WatchDossiersRequest& request);
  absl::StatusOr<std::unique_ptr<Counts>> OpenCounts(const rpc::CallContext& call,
                                                     const v1::WatchProcessCountsRequest& request);

 private:
  ChangeStore& store_;
  const feed::Cursors& cursors_;
};

}  // namespace vsv::dossiers

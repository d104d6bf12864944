// One subscriber of WatchDirectory.
#pragma once

#include "libs/rpc/call_context.h"
#include "libs/rpc/watch.h"
#include "services/partners/domain/directory_feed.h"

#include "vsv/partners/v1/directory.pb.h"

#include "absl/status/statusor.h"

#include <memory>

namespace vsv::partners {

// A batch is one message, or several that are full; a checkpoint when there are no changes. `feed`
// must outlive the watch.
absl::StatusOr<std::unique_ptr<rpc::WatchSource<v1::WatchDirectoryResponse>>> OpenDirectoryWatch(
    DirectoryFeed& feed, const rpc::CallContext& call, const v1::WatchDirectoryRequest& request);

}  // namespace vsv::partners

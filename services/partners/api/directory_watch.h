// One subscriber of WatchDirectory.
#pragma once

#include "libs/rpc/call_context.h"
#include "libs/rpc/watch.h"
#include "services/partners/domain/directory_feed.h"

#include "vsv/partners/v1/directory.pb.h"

#include "absl/status/statusor.h"

#include <memory>

namespace vsv::partners {

// Every batch is one message: changes, or a checkpoint when there are none. `feed` must outlive the
// watch.
absl::StatusOr<std::unique_ptr<rpc::WatchSource<v1::WatchDirectoryResponse>>> OpenDirectoryWatch(
    DirectoryFeed& feed, const rpc::CallContext& call, const v1::WatchDirectoryRequest& request);

}  // namespace vsv::partners

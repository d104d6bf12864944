#include "libs/feed/feed_service.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"

#include <utility>

namespace vsv::feed {
namespace {

v1::GetFeedStatusResponse ToProto(const FeedStatus& status) {
  v1::GetFeedStatusResponse response;
  response.set_epoch(status.epoch);
  for (const RegionStatus& region : status.regions) {
    v1::RegionFeed& feed = *response.add_regions();
    feed.set_region_id(region.region);
    feed.set_head_position(region.head_position);
    feed.set_oldest_position(region.oldest_position);
  }
  if (status.sequenced_until.has_value()) {
    *response.mutable_sequenced_until_time() = aip::ToProto(*status.sequenced_until);
  }
  response.set_unsequenced_count(status.unsequenced);
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* FeedService::GetFeedStatus(grpc::CallbackServerContext* context,
                                                     const v1::GetFeedStatusRequest* request,
                                                     v1::GetFeedStatusResponse* response) {
  using Reply = absl::StatusOr<policy::Cleared<v1::GetFeedStatusResponse>>;
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::GetFeedStatusRequest&) -> Reply {
        FeedStatus status;
        VSV_RETURN_IF_ERROR(pg::RunInTransaction(app_, pg::Mode::kReadOnly, call.deadline, {},
                                                 [&](pg::Transaction& tx) -> absl::Status {
                                                   VSV_ASSIGN_OR_RETURN(status, GetStatus(tx));
                                                   return absl::OkStatus();
                                                 }));
        return policy::NoPersonalData(ToProto(status));
      });
}

}  // namespace vsv::feed

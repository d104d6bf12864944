// vsv.feed.v1.FeedService, registered by every server.
#pragma once

#include "libs/pg/pool.h"
#include "libs/rpc/unary.h"

#include "vsv/feed/v1/feed_service.grpc.pb.h"

namespace vsv::feed {

class FeedService : public v1::FeedService::CallbackService {
 public:
  // Both must outlive the service. `app`: pool of the app role.
  FeedService(rpc::Runtime& runtime, pg::Pool& app) : runtime_(runtime), app_(app) {}

  grpc::ServerUnaryReactor* GetFeedStatus(grpc::CallbackServerContext* context,
                                          const v1::GetFeedStatusRequest* request,
                                          v1::GetFeedStatusResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  pg::Pool& app_;
};

}  // namespace vsv::feed

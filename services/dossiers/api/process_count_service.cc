#include "services/dossiers/api/process_count_service.h"

namespace vsv::dossiers {

grpc::ServerWriteReactor<v1::WatchProcessCountsResponse>* ProcessCountService::WatchProcessCounts(
    grpc::CallbackServerContext* context, const v1::WatchProcessCountsRequest* request) {
  return rpc::Watch<v1::WatchProcessCountsRequest, v1::WatchProcessCountsResponse>(
      context, runtime_, wake_, request,
      [this](const rpc::CallContext& call, const v1::WatchProcessCountsRequest& asked) {
        return watch_.OpenCounts(call, asked);
      });
}

}  // namespace vsv::dossiers

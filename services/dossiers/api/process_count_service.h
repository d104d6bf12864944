// gRPC adapter: Counts of processes. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/api/watch_handlers.h"

#include "vsv/dossiers/v1/process_counts_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class ProcessCountService final : public v1::ProcessCountService::CallbackService {
 public:
  ProcessCountService(rpc::Runtime& runtime, WatchHandlers& watch, rpc::WakeSource& wake)
      : runtime_(runtime), watch_(watch), wake_(wake) {}

  grpc::ServerWriteReactor<v1::WatchProcessCountsResponse>* WatchProcessCounts(
      grpc::CallbackServerContext* context, const v1::WatchProcessCountsRequest* request) override;

 private:
  rpc::Runtime& runtime_;
  WatchHandlers& watch_;
  rpc::WakeSource& wake_;
};

}  // namespace vsv::dossiers

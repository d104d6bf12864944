// gRPC adapter: Erasure of dossiers. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/dossiers/api/erasure_handlers.h"

#include "vsv/dossiers/v1/erasures_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class ErasureService final : public v1::ErasureService::CallbackService {
 public:
  ErasureService(rpc::Runtime& runtime, ErasureHandlers& erasures)
      : runtime_(runtime), erasures_(erasures) {}

  grpc::ServerUnaryReactor* EraseDossier(grpc::CallbackServerContext* context,
                                         const v1::EraseDossierRequest* request,
                                         v1::EraseDossierResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  ErasureHandlers& erasures_;
};

}  // namespace vsv::dossiers

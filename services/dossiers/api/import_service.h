// gRPC adapter: Many new dossiers at once. One statement per RPC.
#pragma once

#include "libs/rpc/exchange.h"
#include "services/dossiers/api/dossier_handlers.h"

#include "vsv/dossiers/v1/import_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class ImportService final
    : public v1::ImportService::WithRawCallbackMethod_ImportDossiers<v1::ImportService::Service> {
 public:
  ImportService(rpc::Runtime& runtime, DossierHandlers& dossiers)
      : runtime_(runtime), dossiers_(dossiers) {}

  rpc::ExchangeReactor* ImportDossiers(grpc::CallbackServerContext* context) override;

 private:
  rpc::Runtime& runtime_;
  DossierHandlers& dossiers_;
};

}  // namespace vsv::dossiers

// gRPC adapter: Consents. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/dossiers/api/consent_handlers.h"

#include "vsv/dossiers/v1/consents_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class ConsentService final : public v1::ConsentService::CallbackService {
 public:
  ConsentService(rpc::Runtime& runtime, ConsentHandlers& consents)
      : runtime_(runtime), consents_(consents) {}

  grpc::ServerUnaryReactor* RecordConsent(grpc::CallbackServerContext* context,
                                          const v1::RecordConsentRequest* request,
                                          v1::Consent* response) override;
  grpc::ServerUnaryReactor* WithdrawConsent(grpc::CallbackServerContext* context,
                                            const v1::WithdrawConsentRequest* request,
                                            v1::Consent* response) override;
  grpc::ServerUnaryReactor* ListConsents(grpc::CallbackServerContext* context,
                                         const v1::ListConsentsRequest* request,
                                         v1::ListConsentsResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  ConsentHandlers& consents_;
};

}  // namespace vsv::dossiers

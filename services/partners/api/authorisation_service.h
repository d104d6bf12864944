// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/partners/api/authorisation_handlers.h"

#include "vsv/partners/v1/authorisation_service.grpc.pb.h"

namespace vsv::partners {

class AuthorisationService final : public v1::AuthorisationService::CallbackService {
 public:
  AuthorisationService(rpc::Runtime& runtime, HandlerContext context)
      : runtime_(runtime), handlers_(context) {}

  grpc::ServerUnaryReactor* CreateMandate(grpc::CallbackServerContext* context,
                                          const v1::CreateMandateRequest* request,
                                          v1::Mandate* response) override;
  grpc::ServerUnaryReactor* RevokeMandate(grpc::CallbackServerContext* context,
                                          const v1::RevokeMandateRequest* request,
                                          v1::Mandate* response) override;
  grpc::ServerUnaryReactor* ListMandates(grpc::CallbackServerContext* context,
                                         const v1::ListMandatesRequest* request,
                                         v1::ListMandatesResponse* response) override;
  grpc::ServerUnaryReactor* CreateCredential(grpc::CallbackServerContext* context,
                                             const v1::CreateCredentialRequest* request,
                                             v1::Credential* response) override;
  grpc::ServerUnaryReactor* RevokeCredential(grpc::CallbackServerContext* context,
                                             const v1::RevokeCredentialRequest* request,
                                             v1::Credential* response) override;
  grpc::ServerUnaryReactor* ListCredentials(grpc::CallbackServerContext* context,
                                            const v1::ListCredentialsRequest* request,
                                            v1::ListCredentialsResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  AuthorisationHandlers handlers_;
};

}  // namespace vsv::partners

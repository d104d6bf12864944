#include "services/partners/api/authorisation_service.h"

#include "libs/rpc/unary.h"

namespace vsv::partners {

grpc::ServerUnaryReactor* AuthorisationService::CreateMandate(
    grpc::CallbackServerContext* context, const v1::CreateMandateRequest* request,
    v1::Mandate* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateMandateRequest& r) {
                      return handlers_.CreateMandate(call, r);
                    });
}

grpc::ServerUnaryReactor* AuthorisationService::RevokeMandate(
    grpc::CallbackServerContext* context, const v1::RevokeMandateRequest* request,
    v1::Mandate* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::RevokeMandateRequest& r) {
                      return handlers_.RevokeMandate(call, r);
                    });
}

grpc::ServerUnaryReactor* AuthorisationService::ListMandates(grpc::CallbackServerContext* context,
                                                             const v1::ListMandatesRequest* request,
                                                             v1::ListMandatesResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListMandatesRequest& r) {
                      return handlers_.ListMandates(call, r);
                    });
}

grpc::ServerUnaryReactor* AuthorisationService::CreateCredential(
    grpc::CallbackServerContext* context, const v1::CreateCredentialRequest* request,
    v1::Credential* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateCredentialRequest& r) {
                      return handlers_.CreateCredential(call, r);
                    });
}

grpc::ServerUnaryReactor* AuthorisationService::RevokeCredential(
    grpc::CallbackServerContext* context, const v1::RevokeCredentialRequest* request,
    v1::Credential* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::RevokeCredentialRequest& r) {
                      return handlers_.RevokeCredential(call, r);
                    });
}

grpc::ServerUnaryReactor* AuthorisationService::ListCredentials(
    grpc::CallbackServerContext* context, const v1::ListCredentialsRequest* request,
    v1::ListCredentialsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListCredentialsRequest& r) {
                      return handlers_.ListCredentials(call, r);
                    });
}

}  // namespace vsv::partners

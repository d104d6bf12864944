#include "services/partners/api/agreement_service.h"

#include "libs/rpc/unary.h"

namespace vsv::partners {

grpc::ServerUnaryReactor* AgreementService::CreateAgreement(
    grpc::CallbackServerContext* context, const v1::CreateAgreementRequest* request,
    v1::DataSharingAgreement* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateAgreementRequest& r) {
                      return handlers_.Create(call, r);
                    });
}

grpc::ServerUnaryReactor* AgreementService::GetAgreement(grpc::CallbackServerContext* context,
                                                         const v1::GetAgreementRequest* request,
                                                         v1::DataSharingAgreement* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetAgreementRequest& r) {
                      return handlers_.Get(call, r);
                    });
}

grpc::ServerUnaryReactor* AgreementService::ListAgreements(grpc::CallbackServerContext* context,
                                                           const v1::ListAgreementsRequest* request,
                                                           v1::ListAgreementsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListAgreementsRequest& r) {
                      return handlers_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* AgreementService::SignAgreement(grpc::CallbackServerContext* context,
                                                          const v1::SignAgreementRequest* request,
                                                          v1::DataSharingAgreement* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::SignAgreementRequest& r) {
                      return handlers_.Sign(call, r);
                    });
}

grpc::ServerUnaryReactor* AgreementService::TerminateAgreement(
    grpc::CallbackServerContext* context, const v1::TerminateAgreementRequest* request,
    v1::DataSharingAgreement* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::TerminateAgreementRequest& r) {
                      return handlers_.Terminate(call, r);
                    });
}

}  // namespace vsv::partners

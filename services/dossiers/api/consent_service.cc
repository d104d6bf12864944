#include "services/dossiers/api/consent_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* ConsentService::RecordConsent(grpc::CallbackServerContext* context,
                                                        const v1::RecordConsentRequest* request,
                                                        v1::Consent* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::RecordConsentRequest& asked) {
                      return consents_.Record(call, asked);
                    });
}

grpc::ServerUnaryReactor* ConsentService::WithdrawConsent(grpc::CallbackServerContext* context,
                                                          const v1::WithdrawConsentRequest* request,
                                                          v1::Consent* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::WithdrawConsentRequest& asked) {
                      return consents_.Withdraw(call, asked);
                    });
}

grpc::ServerUnaryReactor* ConsentService::ListConsents(grpc::CallbackServerContext* context,
                                                       const v1::ListConsentsRequest* request,
                                                       v1::ListConsentsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListConsentsRequest& asked) {
                      return consents_.List(call, asked);
                    });
}

}  // namespace vsv::dossiers

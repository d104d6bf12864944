// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/partners/api/agreement_handlers.h"

#include "vsv/partners/v1/agreement_service.grpc.pb.h"

namespace vsv::partners {

class AgreementService final : public v1::AgreementService::CallbackService {
 public:
  AgreementService(rpc::Runtime& runtime, HandlerContext context)
      : runtime_(runtime), handlers_(context) {}

  grpc::ServerUnaryReactor* CreateAgreement(grpc::CallbackServerContext* context,
                                            const v1::CreateAgreementRequest* request,
                                            v1::DataSharingAgreement* response) override;
  grpc::ServerUnaryReactor* GetAgreement(grpc::CallbackServerContext* context,
                                         const v1::GetAgreementRequest* request,
                                         v1::DataSharingAgreement* response) override;
  grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* context,
                                           const v1::ListAgreementsRequest* request,
                                           v1::ListAgreementsResponse* response) override;
  grpc::ServerUnaryReactor* SignAgreement(grpc::CallbackServerContext* context,
                                          const v1::SignAgreementRequest* request,
                                          v1::DataSharingAgreement* response) override;
  grpc::ServerUnaryReactor* TerminateAgreement(grpc::CallbackServerContext* context,
                                               const v1::TerminateAgreementRequest* request,
                                               v1::DataSharingAgreement* response) override;

 private:
  rpc::Runtime& runtime_;
  AgreementHandlers handlers_;
};

}  // namespace vsv::partners

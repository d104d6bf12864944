// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/outcomes/api/outcomes_handlers.h"

#include "vsv/outcomes/v1/outcomes_service.grpc.pb.h"

namespace vsv::outcomes {

class OutcomesService final : public v1::OutcomesService::CallbackService {
 public:
  OutcomesService(rpc::Runtime& runtime, OutcomesContext context)
      : runtime_(runtime), indicators_(context), figures_(context), ambitions_(context) {}

  grpc::ServerUnaryReactor* CreateIndicator(grpc::CallbackServerContext* context,
                                            const v1::CreateIndicatorRequest* request,
                                            v1::Indicator* response) override;
  grpc::ServerUnaryReactor* GetIndicator(grpc::CallbackServerContext* context,
                                         const v1::GetIndicatorRequest* request,
                                         v1::Indicator* response) override;
  grpc::ServerUnaryReactor* ListIndicators(grpc::CallbackServerContext* context,
                                           const v1::ListIndicatorsRequest* request,
                                           v1::ListIndicatorsResponse* response) override;
  grpc::ServerUnaryReactor* ImportFigures(grpc::CallbackServerContext* context,
                                          const v1::ImportFiguresRequest* request,
                                          v1::ImportFiguresResponse* response) override;
  grpc::ServerUnaryReactor* ListFigures(grpc::CallbackServerContext* context,
                                        const v1::ListFiguresRequest* request,
                                        v1::ListFiguresResponse* response) override;
  grpc::ServerUnaryReactor* CreateAmbition(grpc::CallbackServerContext* context,
                                           const v1::CreateAmbitionRequest* request,
                                           v1::Ambition* response) override;
  grpc::ServerUnaryReactor* GetAmbition(grpc::CallbackServerContext* context,
                                        const v1::GetAmbitionRequest* request,
                                        v1::Ambition* response) override;
  grpc::ServerUnaryReactor* ListAmbitions(grpc::CallbackServerContext* context,
                                          const v1::ListAmbitionsRequest* request,
                                          v1::ListAmbitionsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateAmbition(grpc::CallbackServerContext* context,
                                           const v1::UpdateAmbitionRequest* request,
                                           v1::Ambition* response) override;
  grpc::ServerUnaryReactor* JudgeAmbition(grpc::CallbackServerContext* context,
                                          const v1::JudgeAmbitionRequest* request,
                                          v1::Judgement* response) override;
  grpc::ServerUnaryReactor* BatchGetIndicatorStatuses(
      grpc::CallbackServerContext* context, const v1::BatchGetIndicatorStatusesRequest* request,
      v1::BatchGetIndicatorStatusesResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  IndicatorHandlers indicators_;
  FigureHandlers figures_;
  AmbitionHandlers ambitions_;
};

}  // namespace vsv::outcomes

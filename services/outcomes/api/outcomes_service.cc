#include "services/outcomes/api/outcomes_service.h"

#include "libs/rpc/unary.h"

namespace vsv::outcomes {

grpc::ServerUnaryReactor* OutcomesService::CreateIndicator(
    grpc::CallbackServerContext* context, const v1::CreateIndicatorRequest* request,
    v1::Indicator* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateIndicatorRequest& r) {
                      return indicators_.Create(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::GetIndicator(grpc::CallbackServerContext* context,
                                                        const v1::GetIndicatorRequest* request,
                                                        v1::Indicator* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetIndicatorRequest& r) {
                      return indicators_.Get(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::ListIndicators(grpc::CallbackServerContext* context,
                                                          const v1::ListIndicatorsRequest* request,
                                                          v1::ListIndicatorsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListIndicatorsRequest& r) {
                      return indicators_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::ImportFigures(grpc::CallbackServerContext* context,
                                                         const v1::ImportFiguresRequest* request,
                                                         v1::ImportFiguresResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ImportFiguresRequest& r) {
                      return figures_.Import(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::ListFigures(grpc::CallbackServerContext* context,
                                                       const v1::ListFiguresRequest* request,
                                                       v1::ListFiguresResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListFiguresRequest& r) {
                      return figures_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::CreateAmbition(grpc::CallbackServerContext* context,
                                                          const v1::CreateAmbitionRequest* request,
                                                          v1::Ambition* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateAmbitionRequest& r) {
                      return ambitions_.Create(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::GetAmbition(grpc::CallbackServerContext* context,
                                                       const v1::GetAmbitionRequest* request,
                                                       v1::Ambition* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetAmbitionRequest& r) {
                      return ambitions_.Get(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::ListAmbitions(grpc::CallbackServerContext* context,
                                                         const v1::ListAmbitionsRequest* request,
                                                         v1::ListAmbitionsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListAmbitionsRequest& r) {
                      return ambitions_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::UpdateAmbition(grpc::CallbackServerContext* context,
                                                          const v1::UpdateAmbitionRequest* request,
                                                          v1::Ambition* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateAmbitionRequest& r) {
                      return ambitions_.Update(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::JudgeAmbition(grpc::CallbackServerContext* context,
                                                         const v1::JudgeAmbitionRequest* request,
                                                         v1::Judgement* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::JudgeAmbitionRequest& r) {
                      return ambitions_.Judge(call, r);
                    });
}

grpc::ServerUnaryReactor* OutcomesService::BatchGetIndicatorStatuses(
    grpc::CallbackServerContext* context, const v1::BatchGetIndicatorStatusesRequest* request,
    v1::BatchGetIndicatorStatusesResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::BatchGetIndicatorStatusesRequest& r) {
        return ambitions_.GetStatuses(call, r);
      });
}

}  // namespace vsv::outcomes

#include "services/dossiers/api/handover_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* HandoverService::RequireWarmHandover(
    grpc::CallbackServerContext* context, const v1::RequireWarmHandoverRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::RequireWarmHandoverRequest& asked) {
        return handovers_.Require(call, asked);
      });
}

grpc::ServerUnaryReactor* HandoverService::PlanWarmHandover(
    grpc::CallbackServerContext* context, const v1::PlanWarmHandoverRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::PlanWarmHandoverRequest& asked) {
                      return handovers_.Plan(call, asked);
                    });
}

grpc::ServerUnaryReactor* HandoverService::HoldWarmHandover(
    grpc::CallbackServerContext* context, const v1::HoldWarmHandoverRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::HoldWarmHandoverRequest& asked) {
                      return handovers_.Hold(call, asked);
                    });
}

grpc::ServerUnaryReactor* HandoverService::AgreeSupport(grpc::CallbackServerContext* context,
                                                        const v1::AgreeSupportRequest* request,
                                                        v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::AgreeSupportRequest& asked) {
                      return handovers_.AgreeSupport(call, asked);
                    });
}

grpc::ServerUnaryReactor* HandoverService::FollowUpWarmHandover(
    grpc::CallbackServerContext* context, const v1::FollowUpWarmHandoverRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::FollowUpWarmHandoverRequest& asked) {
        return handovers_.FollowUp(call, asked);
      });
}

grpc::ServerUnaryReactor* HandoverService::DeclineWarmHandover(
    grpc::CallbackServerContext* context, const v1::DeclineWarmHandoverRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::DeclineWarmHandoverRequest& asked) {
        return handovers_.Decline(call, asked);
      });
}

grpc::ServerUnaryReactor* HandoverService::RecordFirstYearOutcome(
    grpc::CallbackServerContext* context, const v1::RecordFirstYearOutcomeRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::RecordFirstYearOutcomeRequest& asked) {
        return handovers_.RecordFirstYear(call, asked);
      });
}

}  // namespace vsv::dossiers

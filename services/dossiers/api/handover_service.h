// gRPC adapter: Warm handover and first year. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/dossiers/api/handover_handlers.h"

#include "vsv/dossiers/v1/handovers_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class HandoverService final : public v1::HandoverService::CallbackService {
 public:
  HandoverService(rpc::Runtime& runtime, HandoverHandlers& handovers)
      : runtime_(runtime), handovers_(handovers) {}

  grpc::ServerUnaryReactor* RequireWarmHandover(grpc::CallbackServerContext* context,
                                                const v1::RequireWarmHandoverRequest* request,
                                                v1::Dossier* response) override;
  grpc::ServerUnaryReactor* PlanWarmHandover(grpc::CallbackServerContext* context,
                                             const v1::PlanWarmHandoverRequest* request,
                                             v1::Dossier* response) override;
  grpc::ServerUnaryReactor* HoldWarmHandover(grpc::CallbackServerContext* context,
                                             const v1::HoldWarmHandoverRequest* request,
                                             v1::Dossier* response) override;
  grpc::ServerUnaryReactor* AgreeSupport(grpc::CallbackServerContext* context,
                                         const v1::AgreeSupportRequest* request,
                                         v1::Dossier* response) override;
  grpc::ServerUnaryReactor* FollowUpWarmHandover(grpc::CallbackServerContext* context,
                                                 const v1::FollowUpWarmHandoverRequest* request,
                                                 v1::Dossier* response) override;
  grpc::ServerUnaryReactor* DeclineWarmHandover(grpc::CallbackServerContext* context,
                                                const v1::DeclineWarmHandoverRequest* request,
                                                v1::Dossier* response) override;
  grpc::ServerUnaryReactor* RecordFirstYearOutcome(grpc::CallbackServerContext* context,
                                                   const v1::RecordFirstYearOutcomeRequest* request,
                                                   v1::Dossier* response) override;

 private:
  rpc::Runtime& runtime_;
  HandoverHandlers& handovers_;
};

}  // namespace vsv::dossiers

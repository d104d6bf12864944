// Adapter of vsv.programs.v1.MeasuresService: one statement per method.
#pragma once

#include "libs/rpc/unary.h"
#include "services/programs/api/measure_api.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/resource_handlers.h"
#include "services/programs/api/transition_handlers.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/measures_service.grpc.pb.h"

namespace vsv::programs {

class MeasuresService : public v1::MeasuresService::CallbackService {
 public:
  // All must outlive the service.
  MeasuresService(rpc::Runtime& runtime, Stores stores, const Permissions& permissions,
                  const aip::PageTokens& tokens)
      : runtime_(runtime),
        measures_(stores.measures, permissions, tokens),
        assignments_(stores.assignments, permissions, tokens),
        transitions_(stores, permissions) {}

  grpc::ServerUnaryReactor* CreateMeasure(grpc::CallbackServerContext* context,
                                          const v1::CreateMeasureRequest* request,
                                          v1::Measure* response) override;
  grpc::ServerUnaryReactor* GetMeasure(grpc::CallbackServerContext* context,
                                       const v1::GetMeasureRequest* request,
                                       v1::Measure* response) override;
  grpc::ServerUnaryReactor* ListMeasures(grpc::CallbackServerContext* context,
                                         const v1::ListMeasuresRequest* request,
                                         v1::ListMeasuresResponse* response) override;
  grpc::ServerUnaryReactor* UpdateMeasure(grpc::CallbackServerContext* context,
                                          const v1::UpdateMeasureRequest* request,
                                          v1::Measure* response) override;
  grpc::ServerUnaryReactor* CreateSpecialAssignment(
      grpc::CallbackServerContext* context, const v1::CreateSpecialAssignmentRequest* request,
      v1::SpecialAssignment* response) override;
  grpc::ServerUnaryReactor* GetSpecialAssignment(grpc::CallbackServerContext* context,
                                                 const v1::GetSpecialAssignmentRequest* request,
                                                 v1::SpecialAssignment* response) override;
  grpc::ServerUnaryReactor* ListSpecialAssignments(
      grpc::CallbackServerContext* context, const v1::ListSpecialAssignmentsRequest* request,
      v1::ListSpecialAssignmentsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateSpecialAssignment(
      grpc::CallbackServerContext* context, const v1::UpdateSpecialAssignmentRequest* request,
      v1::SpecialAssignment* response) override;
  grpc::ServerUnaryReactor* StartMeasure(grpc::CallbackServerContext* context,
                                         const v1::StartMeasureRequest* request,
                                         v1::Measure* response) override;
  grpc::ServerUnaryReactor* ReachMilestone(grpc::CallbackServerContext* context,
                                           const v1::ReachMilestoneRequest* request,
                                           v1::Measure* response) override;
  grpc::ServerUnaryReactor* CompleteMeasure(grpc::CallbackServerContext* context,
                                            const v1::CompleteMeasureRequest* request,
                                            v1::Measure* response) override;
  grpc::ServerUnaryReactor* StopMeasure(grpc::CallbackServerContext* context,
                                        const v1::StopMeasureRequest* request,
                                        v1::Measure* response) override;
  grpc::ServerUnaryReactor* ReportResult(grpc::CallbackServerContext* context,
                                         const v1::ReportResultRequest* request,
                                         v1::SpecialAssignment* response) override;

 private:
  rpc::Runtime& runtime_;
  ResourceHandlers<Measure> measures_;
  ResourceHandlers<SpecialAssignment> assignments_;
  TransitionHandlers transitions_;
};

}  // namespace vsv::programs

#include "services/programs/api/measures_service.h"

namespace vsv::programs {

grpc::ServerUnaryReactor* MeasuresService::CreateMeasure(grpc::CallbackServerContext* context,
                                                         const v1::CreateMeasureRequest* request,
                                                         v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateMeasureRequest& message) {
                      return measures_.Create(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::GetMeasure(grpc::CallbackServerContext* context,
                                                      const v1::GetMeasureRequest* request,
                                                      v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetMeasureRequest& message) {
                      return measures_.Get(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::ListMeasures(grpc::CallbackServerContext* context,
                                                        const v1::ListMeasuresRequest* request,
                                                        v1::ListMeasuresResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListMeasuresRequest& message) {
                      return measures_.List(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::UpdateMeasure(grpc::CallbackServerContext* context,
                                                         const v1::UpdateMeasureRequest* request,
                                                         v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateMeasureRequest& message) {
                      return measures_.Update(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::CreateSpecialAssignment(
    grpc::CallbackServerContext* context, const v1::CreateSpecialAssignmentRequest* request,
    v1::SpecialAssignment* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::CreateSpecialAssignmentRequest& message) {
        return assignments_.Create(call, message);
      });
}

grpc::ServerUnaryReactor* MeasuresService::GetSpecialAssignment(
    grpc::CallbackServerContext* context, const v1::GetSpecialAssignmentRequest* request,
    v1::SpecialAssignment* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::GetSpecialAssignmentRequest& message) {
        return assignments_.Get(call, message);
      });
}

grpc::ServerUnaryReactor* MeasuresService::ListSpecialAssignments(
    grpc::CallbackServerContext* context, const v1::ListSpecialAssignmentsRequest* request,
    v1::ListSpecialAssignmentsResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::ListSpecialAssignmentsRequest& message) {
        return assignments_.List(call, message);
      });
}

grpc::ServerUnaryReactor* MeasuresService::UpdateSpecialAssignment(
    grpc::CallbackServerContext* context, const v1::UpdateSpecialAssignmentRequest* request,
    v1::SpecialAssignment* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::UpdateSpecialAssignmentRequest& message) {
        return assignments_.Update(call, message);
      });
}

grpc::ServerUnaryReactor* MeasuresService::StartMeasure(grpc::CallbackServerContext* context,
                                                        const v1::StartMeasureRequest* request,
                                                        v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::StartMeasureRequest& message) {
                      return transitions_.Start(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::ReachMilestone(grpc::CallbackServerContext* context,
                                                          const v1::ReachMilestoneRequest* request,
                                                          v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ReachMilestoneRequest& message) {
                      return transitions_.Reach(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::CompleteMeasure(
    grpc::CallbackServerContext* context, const v1::CompleteMeasureRequest* request,
    v1::Measure* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::CompleteMeasureRequest& message) {
        return transitions_.Complete(call, message);
      });
}

grpc::ServerUnaryReactor* MeasuresService::StopMeasure(grpc::CallbackServerContext* context,
                                                       const v1::StopMeasureRequest* request,
                                                       v1::Measure* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::StopMeasureRequest& message) {
                      return transitions_.Stop(call, message);
                    });
}

grpc::ServerUnaryReactor* MeasuresService::ReportResult(grpc::CallbackServerContext* context,
                                                        const v1::ReportResultRequest* request,
                                                        v1::SpecialAssignment* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ReportResultRequest& message) {
                      return transitions_.Report(call, message);
                    });
}

}  // namespace vsv::programs

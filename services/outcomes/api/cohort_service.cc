#include "services/outcomes/api/cohort_service.h"

#include "libs/rpc/unary.h"

namespace vsv::outcomes {

grpc::ServerUnaryReactor* CohortService::CreateCohort(grpc::CallbackServerContext* context,
                                                      const v1::CreateCohortRequest* request,
                                                      v1::Cohort* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateCohortRequest& r) {
                      return handlers_.Create(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::GetCohort(grpc::CallbackServerContext* context,
                                                   const v1::GetCohortRequest* request,
                                                   v1::Cohort* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetCohortRequest& r) {
                      return handlers_.Get(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::ListCohorts(grpc::CallbackServerContext* context,
                                                     const v1::ListCohortsRequest* request,
                                                     v1::ListCohortsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListCohortsRequest& r) {
                      return handlers_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::ImportCohortRecords(
    grpc::CallbackServerContext* context, const v1::ImportCohortRecordsRequest* request,
    v1::ImportCohortRecordsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ImportCohortRecordsRequest& r) {
                      return handlers_.ImportRecords(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::CloseCohort(grpc::CallbackServerContext* context,
                                                     const v1::CloseCohortRequest* request,
                                                     v1::Cohort* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CloseCohortRequest& r) {
                      return handlers_.Close(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::CountCohort(grpc::CallbackServerContext* context,
                                                     const v1::CountCohortRequest* request,
                                                     v1::CohortCount* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CountCohortRequest& r) {
                      return handlers_.Count(call, r);
                    });
}

grpc::ServerUnaryReactor* CohortService::ListCountDecisions(
    grpc::CallbackServerContext* context, const v1::ListCountDecisionsRequest* request,
    v1::ListCountDecisionsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListCountDecisionsRequest& r) {
                      return handlers_.ListDecisions(call, r);
                    });
}

}  // namespace vsv::outcomes

// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/outcomes/api/cohort_handlers.h"

#include "vsv/outcomes/v1/cohort_service.grpc.pb.h"

namespace vsv::outcomes {

class CohortService final : public v1::CohortService::CallbackService {
 public:
  CohortService(rpc::Runtime& runtime, CohortContext context)
      : runtime_(runtime), handlers_(context) {}

  grpc::ServerUnaryReactor* CreateCohort(grpc::CallbackServerContext* context,
                                         const v1::CreateCohortRequest* request,
                                         v1::Cohort* response) override;
  grpc::ServerUnaryReactor* GetCohort(grpc::CallbackServerContext* context,
                                      const v1::GetCohortRequest* request,
                                      v1::Cohort* response) override;
  grpc::ServerUnaryReactor* ListCohorts(grpc::CallbackServerContext* context,
                                        const v1::ListCohortsRequest* request,
                                        v1::ListCohortsResponse* response) override;
  grpc::ServerUnaryReactor* ImportCohortRecords(grpc::CallbackServerContext* context,
                                                const v1::ImportCohortRecordsRequest* request,
                                                v1::ImportCohortRecordsResponse* response) override;
  grpc::ServerUnaryReactor* CloseCohort(grpc::CallbackServerContext* context,
                                        const v1::CloseCohortRequest* request,
                                        v1::Cohort* response) override;
  grpc::ServerUnaryReactor* CountCohort(grpc::CallbackServerContext* context,
                                        const v1::CountCohortRequest* request,
                                        v1::CohortCount* response) override;
  grpc::ServerUnaryReactor* ListCountDecisions(grpc::CallbackServerContext* context,
                                               const v1::ListCountDecisionsRequest* request,
                                               v1::ListCountDecisionsResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  CohortHandlers handlers_;
};

}  // namespace vsv::outcomes

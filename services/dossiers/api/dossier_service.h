// gRPC adapter: Transition dossiers and their course. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "libs/rpc/watch.h"
#include "services/dossiers/api/course_handlers.h"
#include "services/dossiers/api/dossier_handlers.h"
#include "services/dossiers/api/watch_handlers.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class DossierService final : public v1::DossierService::CallbackService {
 public:
  DossierService(rpc::Runtime& runtime, DossierHandlers& dossiers, CourseHandlers& course,
                 WatchHandlers& watch, rpc::WakeSource& wake)
      : runtime_(runtime), dossiers_(dossiers), course_(course), watch_(watch), wake_(wake) {}

  grpc::ServerUnaryReactor* CreateDossier(grpc::CallbackServerContext* context,
                                          const v1::CreateDossierRequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* BatchCreateDossiers(grpc::CallbackServerContext* context,
                                                const v1::BatchCreateDossiersRequest* request,
                                                v1::BatchCreateDossiersResponse* response) override;
  grpc::ServerUnaryReactor* GetDossier(grpc::CallbackServerContext* context,
                                       const v1::GetDossierRequest* request,
                                       v1::Dossier* response) override;
  grpc::ServerUnaryReactor* ListDossiers(grpc::CallbackServerContext* context,
                                         const v1::ListDossiersRequest* request,
                                         v1::ListDossiersResponse* response) override;
  grpc::ServerUnaryReactor* UpdateDossier(grpc::CallbackServerContext* context,
                                          const v1::UpdateDossierRequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* CompletePartA(grpc::CallbackServerContext* context,
                                          const v1::CompletePartARequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* CompletePartB(grpc::CallbackServerContext* context,
                                          const v1::CompletePartBRequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* RecordView(grpc::CallbackServerContext* context,
                                       const v1::RecordViewRequest* request,
                                       v1::Dossier* response) override;
  grpc::ServerUnaryReactor* ConfirmAgreement(grpc::CallbackServerContext* context,
                                             const v1::ConfirmAgreementRequest* request,
                                             v1::Dossier* response) override;
  grpc::ServerWriteReactor<v1::WatchDossiersResponse>* WatchDossiers(
      grpc::CallbackServerContext* context, const v1::WatchDossiersRequest* request) override;

 private:
  rpc::Runtime& runtime_;
  DossierHandlers& dossiers_;
  CourseHandlers& course_;
  WatchHandlers& watch_;
  rpc::WakeSource& wake_;
};

}  // namespace vsv::dossiers

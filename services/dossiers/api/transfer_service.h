// gRPC adapter: The way of a dossier to its addressee. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/dossiers/api/course_handlers.h"

#include "vsv/dossiers/v1/transfers_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class TransferService final : public v1::TransferService::CallbackService {
 public:
  TransferService(rpc::Runtime& runtime, CourseHandlers& course)
      : runtime_(runtime), course_(course) {}

  grpc::ServerUnaryReactor* SendDossier(grpc::CallbackServerContext* context,
                                        const v1::SendDossierRequest* request,
                                        v1::Dossier* response) override;
  grpc::ServerUnaryReactor* AcceptDossier(grpc::CallbackServerContext* context,
                                          const v1::AcceptDossierRequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* RejectDossier(grpc::CallbackServerContext* context,
                                          const v1::RejectDossierRequest* request,
                                          v1::Dossier* response) override;
  grpc::ServerUnaryReactor* ProcessDossier(grpc::CallbackServerContext* context,
                                           const v1::ProcessDossierRequest* request,
                                           v1::Dossier* response) override;
  grpc::ServerUnaryReactor* WithdrawDossier(grpc::CallbackServerContext* context,
                                            const v1::WithdrawDossierRequest* request,
                                            v1::Dossier* response) override;

 private:
  rpc::Runtime& runtime_;
  CourseHandlers& course_;
};

}  // namespace vsv::dossiers

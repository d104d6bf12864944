#include "services/dossiers/api/transfer_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* TransferService::SendDossier(grpc::CallbackServerContext* context,
                                                       const v1::SendDossierRequest* request,
                                                       v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::SendDossierRequest& asked) {
                      return course_.Send(call, asked);
                    });
}

grpc::ServerUnaryReactor* TransferService::AcceptDossier(grpc::CallbackServerContext* context,
                                                         const v1::AcceptDossierRequest* request,
                                                         v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::AcceptDossierRequest& asked) {
                      return course_.Accept(call, asked);
                    });
}

grpc::ServerUnaryReactor* TransferService::RejectDossier(grpc::CallbackServerContext* context,
                                                         const v1::RejectDossierRequest* request,
                                                         v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::RejectDossierRequest& asked) {
                      return course_.Reject(call, asked);
                    });
}

grpc::ServerUnaryReactor* TransferService::ProcessDossier(grpc::CallbackServerContext* context,
                                                          const v1::ProcessDossierRequest* request,
                                                          v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ProcessDossierRequest& asked) {
                      return course_.Process(call, asked);
                    });
}

grpc::ServerUnaryReactor* TransferService::WithdrawDossier(
    grpc::CallbackServerContext* context, const v1::WithdrawDossierRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::WithdrawDossierRequest& asked) {
                      return course_.Withdraw(call, asked);
                    });
}

}  // namespace vsv::dossiers

#include "services/dossiers/api/dossier_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* DossierService::CreateDossier(grpc::CallbackServerContext* context,
                                                        const v1::CreateDossierRequest* request,
                                                        v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateDossierRequest& asked) {
                      return dossiers_.Create(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::BatchCreateDossiers(
    grpc::CallbackServerContext* context, const v1::BatchCreateDossiersRequest* request,
    v1::BatchCreateDossiersResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::BatchCreateDossiersRequest& asked) {
        return dossiers_.BatchCreate(call, asked);
      });
}

grpc::ServerUnaryReactor* DossierService::GetDossier(grpc::CallbackServerContext* context,
                                                     const v1::GetDossierRequest* request,
                                                     v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetDossierRequest& asked) {
                      return dossiers_.Get(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::ListDossiers(grpc::CallbackServerContext* context,
                                                       const v1::ListDossiersRequest* request,
                                                       v1::ListDossiersResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListDossiersRequest& asked) {
                      return dossiers_.List(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::UpdateDossier(grpc::CallbackServerContext* context,
                                                        const v1::UpdateDossierRequest* request,
                                                        v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateDossierRequest& asked) {
                      return dossiers_.Update(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::CompletePartA(grpc::CallbackServerContext* context,
                                                        const v1::CompletePartARequest* request,
                                                        v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CompletePartARequest& asked) {
                      return course_.CompletePartA(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::CompletePartB(grpc::CallbackServerContext* context,
                                                        const v1::CompletePartBRequest* request,
                                                        v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CompletePartBRequest& asked) {
                      return course_.CompletePartB(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::RecordView(grpc::CallbackServerContext* context,
                                                     const v1::RecordViewRequest* request,
                                                     v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::RecordViewRequest& asked) {
                      return course_.RecordView(call, asked);
                    });
}

grpc::ServerUnaryReactor* DossierService::ConfirmAgreement(
    grpc::CallbackServerContext* context, const v1::ConfirmAgreementRequest* request,
    v1::Dossier* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ConfirmAgreementRequest& asked) {
                      return course_.ConfirmAgreement(call, asked);
                    });
}

grpc::ServerWriteReactor<v1::WatchDossiersResponse>* DossierService::WatchDossiers(
    grpc::CallbackServerContext* context, const v1::WatchDossiersRequest* request) {
  return rpc::Watch<v1::WatchDossiersRequest, v1::WatchDossiersResponse>(
      context, runtime_, wake_, request,
      [this](const rpc::CallContext& call, const v1::WatchDossiersRequest& asked) {
        return watch_.OpenDossiers(call, asked);
      });
}

}  // namespace vsv::dossiers

#include "services/dossiers/api/erasure_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* ErasureService::EraseDossier(grpc::CallbackServerContext* context,
                                                       const v1::EraseDossierRequest* request,
                                                       v1::EraseDossierResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::EraseDossierRequest& asked) {
                      return erasures_.Erase(call, asked);
                    });
}

}  // namespace vsv::dossiers

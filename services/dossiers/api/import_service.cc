#include "services/dossiers/api/import_service.h"

namespace vsv::dossiers {

rpc::ExchangeReactor* ImportService::ImportDossiers(grpc::CallbackServerContext* context) {
  return rpc::Exchange<v1::ImportDossiersRequest, v1::ImportDossiersResponse>(
      context, runtime_,
      [this](const rpc::CallContext& call, const v1::ImportDossiersRequest& asked) {
        return dossiers_.Import(call, asked);
      });
}

}  // namespace vsv::dossiers

#include "services/partners/api/partners_service.h"

#include "libs/rpc/unary.h"
#include "libs/rpc/watch.h"
#include "services/partners/api/directory_watch.h"

namespace vsv::partners {

grpc::ServerUnaryReactor* PartnersService::CreateOrganisation(
    grpc::CallbackServerContext* context, const v1::CreateOrganisationRequest* request,
    v1::Organisation* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateOrganisationRequest& r) {
                      return handlers_.Create(call, r);
                    });
}

grpc::ServerUnaryReactor* PartnersService::GetOrganisation(
    grpc::CallbackServerContext* context, const v1::GetOrganisationRequest* request,
    v1::Organisation* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetOrganisationRequest& r) {
                      return handlers_.Get(call, r);
                    });
}

grpc::ServerUnaryReactor* PartnersService::BatchGetOrganisations(
    grpc::CallbackServerContext* context, const v1::BatchGetOrganisationsRequest* request,
    v1::BatchGetOrganisationsResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::BatchGetOrganisationsRequest& r) {
        return handlers_.BatchGet(call, r);
      });
}

grpc::ServerUnaryReactor* PartnersService::ListOrganisations(
    grpc::CallbackServerContext* context, const v1::ListOrganisationsRequest* request,
    v1::ListOrganisationsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListOrganisationsRequest& r) {
                      return handlers_.List(call, r);
                    });
}

grpc::ServerUnaryReactor* PartnersService::UpdateOrganisation(
    grpc::CallbackServerContext* context, const v1::UpdateOrganisationRequest* request,
    v1::Organisation* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateOrganisationRequest& r) {
                      return handlers_.Update(call, r);
                    });
}

grpc::ServerUnaryReactor* PartnersService::SuspendOrganisation(
    grpc::CallbackServerContext* context, const v1::SuspendOrganisationRequest* request,
    v1::Organisation* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::SuspendOrganisationRequest& r) {
                      return handlers_.Suspend(call, r);
                    });
}

grpc::ServerUnaryReactor* PartnersService::ReinstateOrganisation(
    grpc::CallbackServerContext* context, const v1::ReinstateOrganisationRequest* request,
    v1::Organisation* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::ReinstateOrganisationRequest& r) {
        return handlers_.Reinstate(call, r);
      });
}

grpc::ServerWriteReactor<v1::WatchDirectoryResponse>* PartnersService::WatchDirectory(
    grpc::CallbackServerContext* context, const v1::WatchDirectoryRequest* request) {
  return rpc::Watch<v1::WatchDirectoryRequest, v1::WatchDirectoryResponse>(
      context, runtime_, wake_, request,
      [this](const rpc::CallContext& call, const v1::WatchDirectoryRequest& r) {
        return OpenDirectoryWatch(feed_, call, r);
      });
}

}  // namespace vsv::partners

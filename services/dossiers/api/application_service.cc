#include "services/dossiers/api/application_service.h"

#include "libs/rpc/unary.h"

namespace vsv::dossiers {

grpc::ServerUnaryReactor* ApplicationService::CreateApplication(
    grpc::CallbackServerContext* context, const v1::CreateApplicationRequest* request,
    v1::Application* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::CreateApplicationRequest& asked) {
        return applications_.Create(call, asked);
      });
}

grpc::ServerUnaryReactor* ApplicationService::GetApplication(
    grpc::CallbackServerContext* context, const v1::GetApplicationRequest* request,
    v1::Application* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetApplicationRequest& asked) {
                      return applications_.Get(call, asked);
                    });
}

grpc::ServerUnaryReactor* ApplicationService::ListApplications(
    grpc::CallbackServerContext* context, const v1::ListApplicationsRequest* request,
    v1::ListApplicationsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListApplicationsRequest& asked) {
                      return applications_.List(call, asked);
                    });
}

grpc::ServerUnaryReactor* ApplicationService::OfferPlace(grpc::CallbackServerContext* context,
                                                         const v1::OfferPlaceRequest* request,
                                                         v1::Application* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::OfferPlaceRequest& asked) {
                      return applications_.OfferPlace(call, asked);
                    });
}

grpc::ServerUnaryReactor* ApplicationService::EnrolApplicant(
    grpc::CallbackServerContext* context, const v1::EnrolApplicantRequest* request,
    v1::Application* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::EnrolApplicantRequest& asked) {
                      return applications_.EnrolApplicant(call, asked);
                    });
}

grpc::ServerUnaryReactor* ApplicationService::CloseApplication(
    grpc::CallbackServerContext* context, const v1::CloseApplicationRequest* request,
    v1::Application* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CloseApplicationRequest& asked) {
                      return applications_.Close(call, asked);
                    });
}

}  // namespace vsv::dossiers

// gRPC adapter: Applications to mbo. One statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/dossiers/api/application_handlers.h"

#include "vsv/dossiers/v1/applications_service.grpc.pb.h"

namespace vsv::dossiers {

// The references must outlive the server.
class ApplicationService final : public v1::ApplicationService::CallbackService {
 public:
  ApplicationService(rpc::Runtime& runtime, ApplicationHandlers& applications)
      : runtime_(runtime), applications_(applications) {}

  grpc::ServerUnaryReactor* CreateApplication(grpc::CallbackServerContext* context,
                                              const v1::CreateApplicationRequest* request,
                                              v1::Application* response) override;
  grpc::ServerUnaryReactor* GetApplication(grpc::CallbackServerContext* context,
                                           const v1::GetApplicationRequest* request,
                                           v1::Application* response) override;
  grpc::ServerUnaryReactor* ListApplications(grpc::CallbackServerContext* context,
                                             const v1::ListApplicationsRequest* request,
                                             v1::ListApplicationsResponse* response) override;
  grpc::ServerUnaryReactor* OfferPlace(grpc::CallbackServerContext* context,
                                       const v1::OfferPlaceRequest* request,
                                       v1::Application* response) override;
  grpc::ServerUnaryReactor* EnrolApplicant(grpc::CallbackServerContext* context,
                                           const v1::EnrolApplicantRequest* request,
                                           v1::Application* response) override;
  grpc::ServerUnaryReactor* CloseApplication(grpc::CallbackServerContext* context,
                                             const v1::CloseApplicationRequest* request,
                                             v1::Application* response) override;

 private:
  rpc::Runtime& runtime_;
  ApplicationHandlers& applications_;
};

}  // namespace vsv::dossiers

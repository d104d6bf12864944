// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "libs/rpc/watch.h"
#include "services/partners/api/organisation_handlers.h"
#include "services/partners/domain/directory_feed.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

namespace vsv::partners {

class PartnersService final : public v1::PartnersService::CallbackService {
 public:
  PartnersService(rpc::Runtime& runtime, HandlerContext context, DirectoryFeed& feed,
                  rpc::WakeSource& wake)
      : runtime_(runtime), handlers_(context), feed_(feed), wake_(wake) {}

  grpc::ServerUnaryReactor* CreateOrganisation(grpc::CallbackServerContext* context,
                                               const v1::CreateOrganisationRequest* request,
                                               v1::Organisation* response) override;
  grpc::ServerUnaryReactor* GetOrganisation(grpc::CallbackServerContext* context,
                                            const v1::GetOrganisationRequest* request,
                                            v1::Organisation* response) override;
  grpc::ServerUnaryReactor* BatchGetOrganisations(
      grpc::CallbackServerContext* context, const v1::BatchGetOrganisationsRequest* request,
      v1::BatchGetOrganisationsResponse* response) override;
  grpc::ServerUnaryReactor* ListOrganisations(grpc::CallbackServerContext* context,
                                              const v1::ListOrganisationsRequest* request,
                                              v1::ListOrganisationsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateOrganisation(grpc::CallbackServerContext* context,
                                               const v1::UpdateOrganisationRequest* request,
                                               v1::Organisation* response) override;
  grpc::ServerUnaryReactor* SuspendOrganisation(grpc::CallbackServerContext* context,
                                                const v1::SuspendOrganisationRequest* request,
                                                v1::Organisation* response) override;
  grpc::ServerUnaryReactor* ReinstateOrganisation(grpc::CallbackServerContext* context,
                                                  const v1::ReinstateOrganisationRequest* request,
                                                  v1::Organisation* response) override;
  grpc::ServerWriteReactor<v1::WatchDirectoryResponse>* WatchDirectory(
      grpc::CallbackServerContext* context, const v1::WatchDirectoryRequest* request) override;

 private:
  rpc::Runtime& runtime_;
  OrganisationHandlers handlers_;
  DirectoryFeed& feed_;
  rpc::WakeSource& wake_;
};

}  // namespace vsv::partners

// gRPC adapter: one statement per RPC.
#pragma once

#include "libs/rpc/runtime.h"
#include "services/partners/api/region_handlers.h"

#include "vsv/partners/v1/region_service.grpc.pb.h"

namespace vsv::partners {

class RegionService final : public v1::RegionService::CallbackService {
 public:
  RegionService(rpc::Runtime& runtime, HandlerContext context)
      : runtime_(runtime), handlers_(context) {}

  grpc::ServerUnaryReactor* CreateRegion(grpc::CallbackServerContext* context,
                                         const v1::CreateRegionRequest* request,
                                         v1::Region* response) override;
  grpc::ServerUnaryReactor* GetRegion(grpc::CallbackServerContext* context,
                                      const v1::GetRegionRequest* request,
                                      v1::Region* response) override;
  grpc::ServerUnaryReactor* ListRegions(grpc::CallbackServerContext* context,
                                        const v1::ListRegionsRequest* request,
                                        v1::ListRegionsResponse* response) override;
  grpc::ServerUnaryReactor* CreateRegionMembership(grpc::CallbackServerContext* context,
                                                   const v1::CreateRegionMembershipRequest* request,
                                                   v1::RegionMembership* response) override;
  grpc::ServerUnaryReactor* EndRegionMembership(grpc::CallbackServerContext* context,
                                                const v1::EndRegionMembershipRequest* request,
                                                v1::RegionMembership* response) override;
  grpc::ServerUnaryReactor* ListRegionMemberships(
      grpc::CallbackServerContext* context, const v1::ListRegionMembershipsRequest* request,
      v1::ListRegionMembershipsResponse* response) override;
  grpc::ServerUnaryReactor* CreateProgrammeRole(grpc::CallbackServerContext* context,
                                                const v1::CreateProgrammeRoleRequest* request,
                                                v1::ProgrammeRole* response) override;
  grpc::ServerUnaryReactor* EndProgrammeRole(grpc::CallbackServerContext* context,
                                             const v1::EndProgrammeRoleRequest* request,
                                             v1::ProgrammeRole* response) override;
  grpc::ServerUnaryReactor* ListProgrammeRoles(grpc::CallbackServerContext* context,
                                               const v1::ListProgrammeRolesRequest* request,
                                               v1::ListProgrammeRolesResponse* response) override;
  grpc::ServerUnaryReactor* ResolveRegion(grpc::CallbackServerContext* context,
                                          const v1::ResolveRegionRequest* request,
                                          v1::ResolveRegionResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  RegionHandlers handlers_;
};

}  // namespace vsv::partners

#include "services/partners/api/region_service.h"

#include "libs/rpc/unary.h"

namespace vsv::partners {

grpc::ServerUnaryReactor* RegionService::CreateRegion(grpc::CallbackServerContext* context,
                                                      const v1::CreateRegionRequest* request,
                                                      v1::Region* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateRegionRequest& r) {
                      return handlers_.CreateRegion(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::GetRegion(grpc::CallbackServerContext* context,
                                                   const v1::GetRegionRequest* request,
                                                   v1::Region* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetRegionRequest& r) {
                      return handlers_.GetRegion(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::ListRegions(grpc::CallbackServerContext* context,
                                                     const v1::ListRegionsRequest* request,
                                                     v1::ListRegionsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListRegionsRequest& r) {
                      return handlers_.ListRegions(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::CreateRegionMembership(
    grpc::CallbackServerContext* context, const v1::CreateRegionMembershipRequest* request,
    v1::RegionMembership* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::CreateRegionMembershipRequest& r) {
        return handlers_.CreateMembership(call, r);
      });
}

grpc::ServerUnaryReactor* RegionService::EndRegionMembership(
    grpc::CallbackServerContext* context, const v1::EndRegionMembershipRequest* request,
    v1::RegionMembership* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::EndRegionMembershipRequest& r) {
                      return handlers_.EndMembership(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::ListRegionMemberships(
    grpc::CallbackServerContext* context, const v1::ListRegionMembershipsRequest* request,
    v1::ListRegionMembershipsResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::ListRegionMembershipsRequest& r) {
        return handlers_.ListMemberships(call, r);
      });
}

grpc::ServerUnaryReactor* RegionService::CreateProgrammeRole(
    grpc::CallbackServerContext* context, const v1::CreateProgrammeRoleRequest* request,
    v1::ProgrammeRole* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateProgrammeRoleRequest& r) {
                      return handlers_.CreateProgrammeRole(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::EndProgrammeRole(
    grpc::CallbackServerContext* context, const v1::EndProgrammeRoleRequest* request,
    v1::ProgrammeRole* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::EndProgrammeRoleRequest& r) {
                      return handlers_.EndProgrammeRole(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::ListProgrammeRoles(
    grpc::CallbackServerContext* context, const v1::ListProgrammeRolesRequest* request,
    v1::ListProgrammeRolesResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListProgrammeRolesRequest& r) {
                      return handlers_.ListProgrammeRoles(call, r);
                    });
}

grpc::ServerUnaryReactor* RegionService::ResolveRegion(grpc::CallbackServerContext* context,
                                                       const v1::ResolveRegionRequest* request,
                                                       v1::ResolveRegionResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ResolveRegionRequest& r) {
                      return handlers_.Resolve(call, r);
                    });
}

}  // namespace vsv::partners

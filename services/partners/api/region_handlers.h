// Use cases about regions, memberships and programme roles.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/handler_context.h"

#include "vsv/partners/v1/region_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

// One method per RPC: parse -> store, in which the domain decides -> proto. Thread-safe.
class RegionHandlers {
 public:
  explicit RegionHandlers(HandlerContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Region>> CreateRegion(const rpc::CallContext& call,
                                                           const v1::CreateRegionRequest& request);
  absl::StatusOr<policy::Cleared<v1::Region>> GetRegion(const rpc::CallContext& call,
                                                        const v1::GetRegionRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListRegionsResponse>> ListRegions(
      const rpc::CallContext& call, const v1::ListRegionsRequest& request);
  absl::StatusOr<policy::Cleared<v1::RegionMembership>> CreateMembership(
      const rpc::CallContext& call, const v1::CreateRegionMembershipRequest& request);
  absl::StatusOr<policy::Cleared<v1::RegionMembership>> EndMembership(
      const rpc::CallContext& call, const v1::EndRegionMembershipRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListRegionMembershipsResponse>> ListMemberships(
      const rpc::CallContext& call, const v1::ListRegionMembershipsRequest& request);
  absl::StatusOr<policy::Cleared<v1::ProgrammeRole>> CreateProgrammeRole(
      const rpc::CallContext& call, const v1::CreateProgrammeRoleRequest& request);
  absl::StatusOr<policy::Cleared<v1::ProgrammeRole>> EndProgrammeRole(
      const rpc::CallContext& call, const v1::EndProgrammeRoleRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListProgrammeRolesResponse>> ListProgrammeRoles(
      const rpc::CallContext& call, const v1::ListProgrammeRolesRequest& request);
  absl::StatusOr<policy::Cleared<v1::ResolveRegionResponse>> Resolve(
      const rpc::CallContext& call, const v1::ResolveRegionRequest& request);

 private:
  HandlerContext context_;
};

}  // namespace vsv::partners

// Requests about regions, memberships and programme roles as commands of the domain. FIELD_INVALID
// with every violation.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/partners/domain/register_store.h"

#include "vsv/partners/v1/region_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

absl::StatusOr<CreateCommand<Region>> ParseCreate(const rpc::CallContext& call,
                                                  const v1::CreateRegionRequest& request);
absl::StatusOr<CreateCommand<RegionMembership>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateRegionMembershipRequest& request,
    const base::Clock& clock);
absl::StatusOr<ChangeCommand<RegionMembership>> ParseEnd(
    const rpc::CallContext& call, const v1::EndRegionMembershipRequest& request);
absl::StatusOr<MembershipQuery> ParseList(const v1::ListRegionMembershipsRequest& request);
absl::StatusOr<CreateCommand<ProgrammeRole>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateProgrammeRoleRequest& request,
    const base::Clock& clock);
absl::StatusOr<ChangeCommand<ProgrammeRole>> ParseEnd(const rpc::CallContext& call,
                                                      const v1::EndProgrammeRoleRequest& request);
absl::StatusOr<ProgrammeRoleQuery> ParseList(const v1::ListProgrammeRolesRequest& request);

}  // namespace vsv::partners

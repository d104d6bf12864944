#include "services/partners/api/region_handlers.h"

#include "libs/base/identifiers.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/partners/api/convert.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"
#include "services/partners/api/parse_region.h"

#include <optional>
#include <utility>
#include <vector>

namespace vsv::partners {

absl::StatusOr<policy::Cleared<v1::Region>> RegionHandlers::CreateRegion(
    const rpc::CallContext& call, const v1::CreateRegionRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.regions.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::Region>> RegionHandlers::GetRegion(
    const rpc::CallContext& call, const v1::GetRegionRequest& request) {
  FieldReader reader;
  const Key key{.parent = "", .id = reader.RegionName(request.name(), "name").value()};
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const auto found, Single(context_.stores.regions.Get({key}, call.deadline)));
  return policy::NoPersonalData(ToProto(found));
}

absl::StatusOr<policy::Cleared<v1::ListRegionsResponse>> RegionHandlers::ListRegions(
    const rpc::CallContext& call, const v1::ListRegionsRequest& request) {
  const RegionQuery query;
  return ListPage<v1::ListRegionsResponse>(
      call, request, context_.stores.regions, query, context_.page_tokens, aip::PageSizeLimits(),
      [](v1::ListRegionsResponse* response) { return response->mutable_regions(); });
}

absl::StatusOr<policy::Cleared<v1::RegionMembership>> RegionHandlers::CreateMembership(
    const rpc::CallContext& call, const v1::CreateRegionMembershipRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request, context_.clock));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.memberships.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::RegionMembership>> RegionHandlers::EndMembership(
    const rpc::CallContext& call, const v1::EndRegionMembershipRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseEnd(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.memberships.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::ListRegionMembershipsResponse>> RegionHandlers::ListMemberships(
    const rpc::CallContext& call, const v1::ListRegionMembershipsRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(request));
  return ListPage<v1::ListRegionMembershipsResponse>(
      call, request, context_.stores.memberships, query, context_.page_tokens,
      aip::PageSizeLimits(),
      [](v1::ListRegionMembershipsResponse* response) { return response->mutable_memberships(); });
}

absl::StatusOr<policy::Cleared<v1::ProgrammeRole>> RegionHandlers::CreateProgrammeRole(
    const rpc::CallContext& call, const v1::CreateProgrammeRoleRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseCreate(call, request, context_.clock));
  VSV_ASSIGN_OR_RETURN(const auto created,
                       Single(context_.stores.programme_roles.Create({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(created));
}

absl::StatusOr<policy::Cleared<v1::ProgrammeRole>> RegionHandlers::EndProgrammeRole(
    const rpc::CallContext& call, const v1::EndProgrammeRoleRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto command, ParseEnd(call, request));
  VSV_ASSIGN_OR_RETURN(const auto changed,
                       Single(context_.stores.programme_roles.Change({command}, call.deadline)));
  return policy::NoPersonalData(ToProto(changed));
}

absl::StatusOr<policy::Cleared<v1::ListProgrammeRolesResponse>> RegionHandlers::ListProgrammeRoles(
    const rpc::CallContext& call, const v1::ListProgrammeRolesRequest& request) {
  VSV_ASSIGN_OR_RETURN(const auto query, ParseList(request));
  return ListPage<v1::ListProgrammeRolesResponse>(
      call, request, context_.stores.programme_roles, query, context_.page_tokens,
      aip::PageSizeLimits(),
      [](v1::ListProgrammeRolesResponse* response) { return response->mutable_programme_roles(); });
}

absl::StatusOr<policy::Cleared<v1::ResolveRegionResponse>> RegionHandlers::Resolve(
    const rpc::CallContext& call, const v1::ResolveRegionRequest& request) {
  FieldReader reader;
  const std::optional<std::string> code =
      base::NormaliseMunicipalityCode(request.municipality_code());
  if (!code) reader.Violate("municipality_code", "must be a municipality code, e.g. GM0307");
  const absl::CivilDay day = request.has_reference_date()
                                 ? reader.Day(request.reference_date(), "reference_date")
                                 : base::LocalDay(call.start_time);
  VSV_RETURN_IF_ERROR(reader.status());
  VSV_ASSIGN_OR_RETURN(const Residence residence,
                       context_.stores.residences.Resolve(*code, day, call.deadline));
  return policy::NoPersonalData(ToProto(residence));
}

}  // namespace vsv::partners

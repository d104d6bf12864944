#include "services/partners/api/parse_region.h"

#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "services/partners/api/mutation.h"
#include "services/partners/api/paging.h"

namespace vsv::partners {

namespace {

// region, organisation and day of the two lists.
template <typename Query, typename Request>
Query ReadQuery(const Request& request, const std::map<std::string, std::string>& asked,
                FieldReader& reader) {
  Query query;
  query.region = reader.RegionOrAll(request.parent(), "parent");
  if (const auto it = asked.find("organisation"); it != asked.end()) {
    query.organisation = reader.OrganisationName(it->second, "filter");
  }
  if (request.has_reference_date())
    query.day = reader.Day(request.reference_date(), "reference_date");
  return query;
}

}  // namespace

absl::StatusOr<CreateCommand<Region>> ParseCreate(const rpc::CallContext& call,
                                                  const v1::CreateRegionRequest& request) {
  FieldReader reader;
  CreateCommand<Region> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  command.resource.id = reader.RegionCode(request.region_id(), "region_id");
  command.resource.display_name =
      reader.Text(request.region().display_name(), "region.display_name", 1, 200);
  command.resource.created_at = call.start_time;
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<CreateCommand<RegionMembership>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateRegionMembershipRequest& request,
    const base::Clock& clock) {
  FieldReader reader;
  CreateCommand<RegionMembership> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  RegionMembership& membership = command.resource;
  membership.region = reader.RegionName(request.parent(), "parent");
  membership.id = MembershipId(base::NewUuidV7(clock));
  membership.organisation =
      reader.OrganisationName(request.membership().organisation(), "membership.organisation");
  membership.validity = reader.Validity(request.membership().validity(), "membership.validity");
  membership.created_at = call.start_time;
  membership.updated_at = call.start_time;
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<RegionMembership>> ParseEnd(
    const rpc::CallContext& call, const v1::EndRegionMembershipRequest& request) {
  FieldReader reader;
  const absl::CivilDay last_day = reader.Day(request.end_date(), "end_date");
  auto command = ChangeOf<RegionMembership>(
      call, request, reader.MembershipName(request.name(), "name"), true, reader,
      [last_day](const RegionMembership& current) { return End(current, last_day); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<MembershipQuery> ParseList(const v1::ListRegionMembershipsRequest& request) {
  static const auto* const fields =
      new std::vector<aip::FilterField>{{"organisation", aip::FilterType::kText}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  const auto query = ReadQuery<MembershipQuery>(request, asked, reader);
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

absl::StatusOr<CreateCommand<ProgrammeRole>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateProgrammeRoleRequest& request,
    const base::Clock& clock) {
  FieldReader reader;
  CreateCommand<ProgrammeRole> command;
  command.request = RequestKeyOf(call, request, reader);
  command.validate_only = request.validate_only();
  const v1::ProgrammeRole& proto = request.programme_role();
  ProgrammeRole& role = command.resource;
  role.region = reader.RegionName(request.parent(), "parent");
  role.id = ProgrammeRoleId(base::NewUuidV7(clock));
  role.organisation = reader.OrganisationName(proto.organisation(), "programme_role.organisation");
  role.kind = reader.Value<ProgrammeRoleKind>(proto.kind(), "programme_role.kind");
  role.validity = reader.Validity(proto.validity(), "programme_role.validity");
  role.created_at = call.start_time;
  role.updated_at = call.start_time;
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ChangeCommand<ProgrammeRole>> ParseEnd(const rpc::CallContext& call,
                                                      const v1::EndProgrammeRoleRequest& request) {
  FieldReader reader;
  const absl::CivilDay last_day = reader.Day(request.end_date(), "end_date");
  auto command = ChangeOf<ProgrammeRole>(
      call, request, reader.ProgrammeRoleName(request.name(), "name"), true, reader,
      [last_day](const ProgrammeRole& current) { return End(current, last_day); });
  VSV_RETURN_IF_ERROR(reader.status());
  return command;
}

absl::StatusOr<ProgrammeRoleQuery> ParseList(const v1::ListProgrammeRolesRequest& request) {
  static const auto* const fields = new std::vector<aip::FilterField>{
      {"organisation", aip::FilterType::kText},
      {"kind", aip::FilterType::kEnum, FilterValues<ProgrammeRoleKind>()}};
  VSV_ASSIGN_OR_RETURN(const auto asked, ReadEqualities(request.filter(), *fields));
  FieldReader reader;
  auto query = ReadQuery<ProgrammeRoleQuery>(request, asked, reader);
  if (const auto it = asked.find("kind"); it != asked.end()) {
    query.kind = ParseName<ProgrammeRoleKind>(it->second).value_or(ProgrammeRoleKind::kUnspecified);
  }
  VSV_RETURN_IF_ERROR(reader.status());
  return query;
}

}  // namespace vsv::partners

#include "services/programs/api/permissions.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"

namespace vsv::programs {
namespace {

absl::Status NotTheirs(const std::string& region) {
  return errors::RoleRequired(
      absl::StrCat("this is for those who steer the programme of region ", region));
}

bool IsCaller(const rpc::CallContext& call, const OrganisationId& organisation) {
  return !organisation.empty() && call.caller.organisation_id == organisation.value();
}

}  // namespace

absl::StatusOr<bool> Permissions::Steers(const rpc::CallContext& call,
                                         const std::string& region) const {
  if (call.caller.HasRole(policy::v1::ROLE_REGISTER_KEEPER)) return true;
  VSV_ASSIGN_OR_RETURN(const std::set<ProgrammeRole> roles,
                       roles_.RolesOf(region, OrganisationId(call.caller.organisation_id),
                                      base::LocalDay(call.start_time), call.deadline));
  return SteersProgramme(roles);
}

absl::Status Permissions::MayWrite(const rpc::CallContext& call, const ProgramName& name) const {
  VSV_ASSIGN_OR_RETURN(const bool steers, Steers(call, name.region));
  return steers ? absl::OkStatus() : NotTheirs(name.region);
}

absl::Status Permissions::MayWrite(const rpc::CallContext& call, const LineName& name) const {
  return MayWrite(call, name.program);
}

absl::Status Permissions::MayWrite(const rpc::CallContext& call,
                                   const SpecialAssignmentName& name) const {
  return MayWrite(call, name.program);
}

absl::Status Permissions::MayWriteOfLine(const rpc::CallContext& call, const LineName& line) const {
  VSV_ASSIGN_OR_RETURN(const Stored<ProgramLine> found,
                       stores_.lines.Get({line}, call.deadline).front());
  if (IsCaller(call, found.resource.lead_organisation)) return absl::OkStatus();
  return MayWrite(call, line.program);
}

absl::Status Permissions::MayWrite(const rpc::CallContext& call, const MeasureName& name) const {
  return MayWriteOfLine(call, name.line);
}

absl::Status Permissions::MayWrite(const rpc::CallContext& call,
                                   const IndicatorLinkName& name) const {
  return MayWriteOfLine(call, name.line);
}

absl::Status Permissions::MayReport(const rpc::CallContext& call,
                                    const SpecialAssignmentName& name) const {
  VSV_ASSIGN_OR_RETURN(const Stored<SpecialAssignment> found,
                       stores_.assignments.Get({name}, call.deadline).front());
  if (IsCaller(call, found.resource.lead)) return absl::OkStatus();
  return MayWrite(call, name.program);
}

absl::Status Permissions::MayReadStatus(const rpc::CallContext& call,
                                        const ProgramLine& line) const {
  const std::string& region = line.name.program.region;
  if (call.caller.HasRole(policy::v1::ROLE_REGISTER_KEEPER)) return absl::OkStatus();
  if (IsCaller(call, line.lead_organisation)) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const std::set<ProgrammeRole> roles,
                       roles_.RolesOf(region, OrganisationId(call.caller.organisation_id),
                                      base::LocalDay(call.start_time), call.deadline));
  if (SteersProgramme(roles) || roles.contains(ProgrammeRole::kLeadOrganisation)) {
    return absl::OkStatus();
  }
  return NotTheirs(region);
}

}  // namespace vsv::programs

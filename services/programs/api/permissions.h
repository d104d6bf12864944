// Who may do what in the programme of a region. Judged before the store is asked for the effect.
#pragma once

#include "libs/rpc/call_context.h"
#include "services/programs/domain/region_roles.h"
#include "services/programs/domain/store.h"

#include "absl/status/status.h"

namespace vsv::programs {

// Programs may be read by everybody in the register, so a refusal is PERMISSION_DENIED
// ROLE_REQUIRED and hides nothing. Roles are those of the day of the call, in the region of the
// resource: who steers region 16 has no say in 19.
class Permissions {
 public:
  // Both must outlive this.
  Permissions(RegionRoles& roles, Stores stores) : roles_(roles), stores_(stores) {}

  // The keeper of the register; contact and central municipality and contact school of the region.
  absl::Status MayWrite(const rpc::CallContext& call, const ProgramName& name) const;
  absl::Status MayWrite(const rpc::CallContext& call, const LineName& name) const;
  absl::Status MayWrite(const rpc::CallContext& call, const SpecialAssignmentName& name) const;
  // Those, and the lead organisation of the line. LINE_NOT_FOUND when there is no such line.
  absl::Status MayWrite(const rpc::CallContext& call, const MeasureName& name) const;
  absl::Status MayWrite(const rpc::CallContext& call, const IndicatorLinkName& name) const;
  // Those who may write it, and the organisation that leads the assignment.
  absl::Status MayReport(const rpc::CallContext& call, const SpecialAssignmentName& name) const;
  // The keeper, whoever has a part in the governance of the region other than as partner, and the
  // lead of the line.
  absl::Status MayReadStatus(const rpc::CallContext& call, const ProgramLine& line) const;

 private:
  absl::StatusOr<bool> Steers(const rpc::CallContext& call, const std::string& region) const;
  absl::Status MayWriteOfLine(const rpc::CallContext& call, const LineName& line) const;

  RegionRoles& roles_;
  Stores stores_;
};

}  // namespace vsv::programs

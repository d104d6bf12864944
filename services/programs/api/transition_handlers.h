// The transitions of measures, and reports on the results of assignments.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/programs/api/permissions.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/measure.pb.h"
#include "vsv/programs/v1/transition_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::programs {

class TransitionHandlers {
 public:
  using MeasureReply = absl::StatusOr<policy::Cleared<v1::Measure>>;
  using AssignmentReply = absl::StatusOr<policy::Cleared<v1::SpecialAssignment>>;

  // Both must outlive this.
  TransitionHandlers(Stores stores, const Permissions& permissions)
      : stores_(stores), permissions_(permissions) {}

  MeasureReply Start(const rpc::CallContext& call, const v1::StartMeasureRequest& request) const;
  MeasureReply Reach(const rpc::CallContext& call, const v1::ReachMilestoneRequest& request) const;
  MeasureReply Complete(const rpc::CallContext& call,
                        const v1::CompleteMeasureRequest& request) const;
  MeasureReply Stop(const rpc::CallContext& call, const v1::StopMeasureRequest& request) const;
  AssignmentReply Report(const rpc::CallContext& call,
                         const v1::ReportResultRequest& request) const;

 private:
  template <typename Request>
  MeasureReply Change(const rpc::CallContext& call, const Request& request,
                      std::function<absl::StatusOr<Measure>(const Measure&)> change) const;

  Stores stores_;
  const Permissions& permissions_;
};

}  // namespace vsv::programs

#include "services/outcomes/api/mutation.h"

#include "absl/strings/strip.h"

namespace vsv::outcomes {

namespace {

// "OUTCOME_MONITORING" for PURPOSE_OUTCOME_MONITORING.
std::string PurposeName(policy::v1::Purpose purpose) {
  return std::string(absl::StripPrefix(policy::v1::Purpose_Name(purpose), "PURPOSE_"));
}

}  // namespace

Call CallOf(const rpc::CallContext& call) {
  return {call.caller.organisation_id,
          call.caller.acting_organisation_id,
          PurposeName(call.caller.purpose),
          call.method,
          call.trace_id,
          call.start_time,
          call.deadline};
}

}  // namespace vsv::outcomes

#include "services/programs/api/request_scope.h"

#include "libs/aip/request_id.h"
#include "libs/base/status_macros.h"
#include "libs/policy/method_policy.h"

#include "absl/strings/ascii.h"

#include <utility>

namespace vsv::programs {

absl::StatusOr<RequestScope> ScopeOf(const rpc::CallContext& call,
                                     const google::protobuf::Message& request,
                                     const std::string& request_id) {
  VSV_ASSIGN_OR_RETURN(std::string id, aip::CanonicalRequestId(request_id));
  return RequestScope{.caller = call.caller.organisation_id,
                      .method = call.method,
                      .request_id = std::move(id),
                      .body_hash = aip::BodyHash(request),
                      .acting_caller = call.caller.acting_organisation_id,
                      .purpose = absl::AsciiStrToUpper(policy::PurposeName(call.caller.purpose)),
                      .trace_id = call.trace_id,
                      .at = call.start_time};
}

}  // namespace vsv::programs

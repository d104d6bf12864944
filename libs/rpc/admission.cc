#include "libs/rpc/admission.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/obs/trace.h"
#include "libs/policy/method_policy.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/runtime.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include <algorithm>
#include <utility>

namespace vsv::rpc {
namespace {

using policy::v1::MethodPolicy;

std::string PurposeList(const MethodPolicy& policy) {
  return absl::StrJoin(policy.purposes(), ", ", [](std::string* out, int purpose) {
    absl::StrAppend(out, policy::PurposeName(static_cast<policy::v1::Purpose>(purpose)));
  });
}

// The purpose of a call: the one that is known of the caller, which the method must serve. Where
// several are permitted and none was named, the first of them that the method serves; personal data
// are not disclosed for a purpose that nobody named.
absl::StatusOr<policy::v1::Purpose> PurposeOf(const Caller& caller, const MethodPolicy& policy) {
  const bool is_known = caller.purpose != policy::v1::PURPOSE_UNSPECIFIED;
  if (!is_known && policy.personal_data()) {
    return errors::PurposeNotPermitted(
        absl::StrCat("name the purpose of the call in metadata vsv-purpose; this method serves: ",
                     PurposeList(policy)));
  }
  for (const int served : policy.purposes()) {
    const auto purpose = static_cast<policy::v1::Purpose>(served);
    if (is_known ? purpose == caller.purpose : caller.permitted_purposes.contains(purpose)) {
      return purpose;
    }
  }
  return errors::PurposeNotPermitted(absl::StrCat("this method serves: ", PurposeList(policy)));
}

absl::Status CheckRole(const Caller& caller, const MethodPolicy& policy) {
  for (const int role : policy.roles()) {
    if (caller.HasRole(static_cast<policy::v1::Role>(role))) return absl::OkStatus();
  }
  return errors::RoleRequired(absl::StrCat(
      "this method is for: ", absl::StrJoin(policy.roles(), ", ", [](std::string* out, int role) {
        absl::StrAppend(out, policy::RoleName(static_cast<policy::v1::Role>(role)));
      })));
}

}  // namespace

absl::Duration TimeOf(const grpc::ServerContextBase& context, const Runtime& runtime) {
  const absl::Duration remaining = absl::FromChrono(context.deadline()) - absl::Now();
  if (remaining > absl::Hours(24)) return runtime.options().default_deadline;
  return std::min(remaining, runtime.options().longest_deadline) - kAnswerTime;
}

std::string TraceIdFor(const grpc::ServerContextBase& context) {
  const absl::StatusOr<std::string> header = SingleMetadata(context, "traceparent");
  const std::string id = header.ok() ? obs::TraceIdOf(*header) : "";
  return id.empty() ? obs::NewTraceId() : id;
}

absl::StatusOr<Arrival> Arrive(const grpc::CallbackServerContext& context, Runtime& runtime,
                               absl::string_view method, absl::string_view trace_id) {
  Arrival arrival;
  VSV_ASSIGN_OR_RETURN(arrival.peer, runtime.options().identify(context));
  arrival.method = std::string(method);
  arrival.trace_id = std::string(trace_id);
  arrival.start_time = runtime.clock().Now();
  // gRPC counts in real time; the service's clock may be a test's: the time left is carried over.
  arrival.deadline = arrival.start_time + TimeOf(context, runtime);
  return arrival;
}

absl::StatusOr<CallContext> Admit(const Arrival& arrival, Runtime& runtime) {
  std::optional<MethodPolicy> policy = policy::PolicyOf(arrival.method);
  if (!policy.has_value()) return errors::Internal(absl::StrCat("no policy on ", arrival.method));
  CallContext call;
  VSV_ASSIGN_OR_RETURN(
      call.caller,
      runtime.resolver().Resolve(arrival.peer, runtime.options().service, arrival.start_time));
  VSV_ASSIGN_OR_RETURN(call.caller.purpose, PurposeOf(call.caller, *policy));
  VSV_RETURN_IF_ERROR(CheckRole(call.caller, *policy));
  call.method = arrival.method;
  call.trace_id = arrival.trace_id;
  call.start_time = arrival.start_time;
  call.deadline = arrival.deadline;
  call.policy = *std::move(policy);
  return call;
}

}  // namespace vsv::rpc

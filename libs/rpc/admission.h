// Admission: from a transport's facts to a call context, or a refusal.
#pragma once

#include "libs/rpc/call_context.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"

namespace vsv::rpc {

class Runtime;

// What is left of a call's time is used to answer in: the caller must still hear the refusal.
inline constexpr absl::Duration kAnswerTime = absl::Milliseconds(20);

// How long a call has: what its caller gives it, without the time to answer in, but no longer than
// the server lets one take.
absl::Duration TimeOf(const grpc::ServerContextBase& context, const Runtime& runtime);

// Facts of the transport that one call brings; what Admit judges.
struct Arrival {
  PeerIdentity peer;
  std::string method;
  std::string trace_id;
  absl::Time start_time;
  absl::Time deadline;  // already shaved and capped
};

// Reads the arrival from the transport. CREDENTIAL_INVALID without a usable certificate.
absl::StatusOr<Arrival> Arrive(const grpc::CallbackServerContext& context, Runtime& runtime,
                               absl::string_view method, absl::string_view trace_id);

// Judges it: method policy present, caller resolved, role and purpose permitted. Order: credential,
// purpose, role.
absl::StatusOr<CallContext> Admit(const Arrival& arrival, Runtime& runtime);

// Trace id of the call: the caller's, or a new one.
std::string TraceIdFor(const grpc::ServerContextBase& context);

}  // namespace vsv::rpc

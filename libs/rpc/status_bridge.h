// The one place where a status becomes a gRPC status.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/status.h"

#include <string>

namespace vsv::rpc {

// Code and message, with google.rpc.ErrorInfo (domain "vsv-regie", reason), BadRequest for
// violations and RetryInfo for what may be tried again. A status without a detail, and any
// INTERNAL, leaves as INTERNAL with an incident id; the cause goes to the log under that id.
grpc::Status ToGrpc(const absl::Status& status, absl::string_view method,
                    absl::string_view trace_id);

// The way back, for clients among our own services: keeps code, message, reason, metadata,
// violations.
absl::Status FromGrpc(const grpc::Status& status);

// Upper-case name of a code ("NOT_FOUND").
std::string CodeName(absl::StatusCode code);

}  // namespace vsv::rpc

// What every stream leaves behind when it ends.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/support/status.h"

#include <string>

namespace vsv::rpc {

class Runtime;

// A stream as the log and the metrics know it.
struct EndedStream {
  std::string method;
  std::string organisation;
  std::string trace_id;
  absl::Time start;
  std::string messages = {};  // how many were answered; "" where nobody counts
};

// Counts and logs the end, and gives what the peer is told.
grpc::Status TellEnd(Runtime& runtime, const EndedStream& stream, const absl::Status& status);

}  // namespace vsv::rpc

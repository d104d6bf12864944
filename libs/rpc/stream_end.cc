#include "libs/rpc/stream_end.h"

#include "libs/errors/cause.h"
#include "libs/errors/errors.h"
#include "libs/obs/log.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/status_bridge.h"

namespace vsv::rpc {

grpc::Status TellEnd(Runtime& runtime, const EndedStream& stream, const absl::Status& status) {
  const grpc::Status answer = ToGrpc(status, stream.method, stream.trace_id);
  const std::string code = CodeName(static_cast<absl::StatusCode>(answer.error_code()));
  const absl::Duration duration = runtime.clock().Now() - stream.start;
  runtime.metrics().CallFinished(stream.method, code, duration);
  if (status.code() == absl::StatusCode::kUnauthenticated) {
    runtime.metrics().CallShed(stream.method, "credential: " + errors::CauseOf(status));
  }
  if (errors::ReasonOf(status) == "TOO_MANY_STREAMS") {
    runtime.metrics().CallShed(stream.method, "streams");
  }
  obs::LogFields fields = {{"method", stream.method},
                           {"code", code},
                           {"reason", errors::ReasonOf(status)},
                           {"cause", errors::CauseOf(status)},
                           {"organisation", stream.organisation},
                           {"trace_id", stream.trace_id},
                           {"seconds", std::to_string(absl::ToInt64Seconds(duration))}};
  if (!stream.messages.empty()) fields.emplace_back("messages", stream.messages);
  obs::Log(obs::Severity::kInfo, "stream finished", fields);
  return answer;
}

}  // namespace vsv::rpc

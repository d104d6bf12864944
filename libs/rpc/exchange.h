// Streams on which each message is answered before the next one is read: work that comes in
// portions. No thread is held per stream, and one message with its answer is all that is held of
// it: who sends fast or reads slowly slows down nobody else.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

#include <functional>
#include <memory>
#include <utility>

namespace vsv::rpc {

class Runtime;

// Messages as bytes: gRPC tells a message that it cannot parse no different from a client that is
// done. The service derives from the WithRawCallbackMethod of its method.
using ExchangeReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

namespace internal {

// The answer to a message, type-erased.
struct ExchangeSteps {
  std::function<std::unique_ptr<google::protobuf::Message>()> make_request;
  std::function<absl::StatusOr<grpc::ByteBuffer>(const CallContext&,
                                                 const google::protobuf::Message&)>
      answer;
};

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);

ExchangeReactor* RunExchange(grpc::CallbackServerContext* context, Runtime& runtime,
                             ExchangeSteps steps);

}  // namespace internal

// Admits the stream like a unary call, and each message again, in its own time: a suspended
// organisation is cut off, and what has been answered stands. `handler`:
// absl::StatusOr<policy::Cleared<Response>>(const CallContext&, const Request&), plain and
// blocking, on the bulk pool; an error, also of a message that is none or breaks its field
// behaviour, ends the stream. A draining service answers the message that it works on and ends with
// UNAVAILABLE SHUTTING_DOWN.
template <typename Request, typename Response, typename Handler>
ExchangeReactor* Exchange(grpc::CallbackServerContext* context, Runtime& runtime, Handler handler) {
  internal::ExchangeSteps steps;
  steps.make_request = [] { return std::make_unique<Request>(); };
  steps.answer = [handler = std::move(handler)](
                     const CallContext& call,
                     const google::protobuf::Message& request) -> absl::StatusOr<grpc::ByteBuffer> {
    const absl::StatusOr<policy::Cleared<Response>> reply =
        handler(call, static_cast<const Request&>(request));
    if (!reply.ok()) return reply.status();
    return internal::ToBytes(reply->message());
  };
  return internal::RunExchange(context, runtime, std::move(steps));
}

}  // namespace vsv::rpc

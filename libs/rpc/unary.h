// The one way a unary request flows: admit, hand to the worker pool, answer.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include <functional>
#include <memory>
#include <utility>

namespace vsv::rpc {

class Runtime;

namespace internal {
// The type-erased course of a unary call; one copy for all methods, so that adapters stay small.
grpc::ServerUnaryReactor* RunUnary(grpc::CallbackServerContext* context, Runtime& runtime,
                                   const google::protobuf::Message& request,
                                   std::function<absl::Status(const CallContext&)> body);
}  // namespace internal

// Admits the call (identity, method policy, field behaviour, deadline, queue) and runs `handler` on
// the worker pool. `handler`: absl::StatusOr<policy::Cleared<Response>>(const CallContext&, const
// Request&), plain and blocking.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, Runtime& runtime,
                                const Request* request, Response* response, Handler handler) {
  return internal::RunUnary(
      context, runtime, *request,
      [request, response, handler = std::move(handler)](const CallContext& call) -> absl::Status {
        absl::StatusOr<policy::Cleared<Response>> reply = handler(call, *request);
        if (!reply.ok()) return reply.status();
        *response = std::move(*reply).Take();
        return absl::OkStatus();
      });
}

}  // namespace vsv::rpc

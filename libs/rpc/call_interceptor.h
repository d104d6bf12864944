// One interceptor per call, for the two things that gRPC's callback API does not give a handler.
#pragma once

#include "grpcpp/support/server_interceptor.h"

#include <memory>

namespace vsv::rpc {

// Metadata key under which the interceptor puts the called method's path; whatever a client sends
// under it is dropped.
inline constexpr char kMethodKey[] = "vsv-method";

// (1) Hands the method's path to the handler side. (2) Rewrites UNIMPLEMENTED on a registered
// method, which is how the library answers bytes that are no message of the type, to
// INVALID_ARGUMENT MESSAGE_MALFORMED.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeCallInterceptorFactory();

}  // namespace vsv::rpc

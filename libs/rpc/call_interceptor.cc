#include "libs/rpc/call_interceptor.h"

#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"

namespace vsv::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

class CallInterceptor final : public Interceptor {
 public:
  explicit CallInterceptor(ServerRpcInfo* info) : method_(info->method()) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      auto* metadata = methods->GetRecvInitialMetadata();
      metadata->erase(kMethodKey);
      metadata->emplace(grpc::string_ref(kMethodKey), grpc::string_ref(method_));
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS) &&
        methods->GetSendStatus().error_code() == grpc::StatusCode::UNIMPLEMENTED) {
      methods->ModifySendStatus(ToGrpc(errors::MessageMalformed(), method_, ""));
    }
    methods->Proceed();
  }

 private:
  const char* const method_;  // the registered method's; lives as long as the server
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return std::make_unique<CallInterceptor>(info).release();  // the library takes ownership
  }
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
MakeCallInterceptorFactory() {
  return std::make_unique<Factory>();
}

}  // namespace vsv::rpc

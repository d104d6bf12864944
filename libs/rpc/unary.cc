#include "libs/rpc/unary.h"

#include "libs/aip/field_behavior.h"
#include "libs/base/status_macros.h"
#include "libs/errors/cause.h"
#include "libs/errors/errors.h"
#include "libs/obs/log.h"
#include "libs/policy/method_policy.h"
#include "libs/rpc/admission.h"
#include "libs/rpc/call_interceptor.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/status_bridge.h"

#include <string>
#include <vector>

namespace vsv::rpc::internal {
namespace {

// One unary call from admission to its answer. Shared by the callback and the worker; answers
// exactly once.
class Course {
 public:
  Course(grpc::CallbackServerContext* context, Runtime& runtime)
      : context_(context),
        reactor_(context->DefaultReactor()),
        runtime_(runtime),
        start_(runtime.clock().Now()) {
    const absl::StatusOr<std::string> method = SingleMetadata(*context, kMethodKey);
    if (method.ok()) method_ = *method;
  }

  grpc::ServerUnaryReactor* reactor() { return reactor_; }

  Urgency urgency() const {
    return policy::IsNeverShed(method_) ? Urgency::kUrgent : Urgency::kOrdinary;
  }

  absl::StatusOr<CallContext> Admit(const google::protobuf::Message& request) {
    trace_id_ = TraceIdFor(*context_);
    if (runtime_.draining()) return errors::ShuttingDown();
    VSV_ASSIGN_OR_RETURN(const Arrival arrival, Arrive(*context_, runtime_, method_, trace_id_));
    VSV_ASSIGN_OR_RETURN(CallContext call, rpc::Admit(arrival, runtime_));
    caller_ = call.caller;
    std::vector<errors::Violation> violations;
    aip::CheckFieldBehavior(request, violations);
    if (!violations.empty()) return errors::FieldsInvalid(std::move(violations));
    return call;
  }

  // On a worker. What has run out of time or whose caller has left is not begun.
  void Run(const CallContext& call, const std::function<absl::Status(const CallContext&)>& body) {
    if (context_->IsCancelled()) return Finish(absl::CancelledError());
    if (runtime_.clock().Now() >= call.deadline) {
      runtime_.metrics().CallShed(method_, "deadline");
      return Finish(errors::DeadlineExceeded());
    }
    Finish(body(call));
  }

  // Its caller left before it was looked at: counted, not logged.
  void Abandon() { Answer(absl::CancelledError()); }

  // Counted, not logged, and answered with what was made once: under overload anything more would
  // cost what the calls in hand need.
  void Shed() {
    static const auto* const overloaded = new grpc::Status(ToGrpc(errors::Overloaded(), "", ""));
    runtime_.metrics().CallShed(method_, "queue");
    runtime_.metrics().CallFinished(method_, CodeName(absl::StatusCode::kResourceExhausted),
                                    runtime_.clock().Now() - start_);
    reactor_->Finish(*overloaded);
  }

  void Finish(const absl::Status& status) {
    const absl::Duration duration = runtime_.clock().Now() - start_;
    const std::string code = Answer(status);
    obs::Log(obs::Severity::kInfo, "call finished",
             {{"method", method_},
              {"code", code},
              {"reason", errors::ReasonOf(status)},
              {"cause", errors::CauseOf(status)},
              {"organisation", caller_.organisation_id},
              {"acting", caller_.acting_organisation_id},
              {"trace_id", trace_id_},
              {"millis", std::to_string(absl::ToInt64Milliseconds(duration))}});
  }

 private:
  // Tells the caller and the metrics; the name of the code.
  std::string Answer(const absl::Status& status) {
    const grpc::Status answer = ToGrpc(status, method_, trace_id_);
    const std::string code = CodeName(static_cast<absl::StatusCode>(answer.error_code()));
    runtime_.metrics().CallFinished(method_, code, runtime_.clock().Now() - start_);
    if (status.code() == absl::StatusCode::kUnauthenticated) {
      runtime_.metrics().CallShed(method_, "credential: " + errors::CauseOf(status));
    }
    reactor_->Finish(answer);
    return code;
  }

  grpc::CallbackServerContext* const context_;
  grpc::ServerUnaryReactor* const reactor_;
  Runtime& runtime_;
  const absl::Time start_;
  std::string method_;
  std::string trace_id_;
  Caller caller_;
};

}  // namespace

grpc::ServerUnaryReactor* RunUnary(grpc::CallbackServerContext* context, Runtime& runtime,
                                   const google::protobuf::Message& request,
                                   std::function<absl::Status(const CallContext&)> body) {
  auto course = std::make_shared<Course>(context, runtime);
  grpc::ServerUnaryReactor* const reactor = course->reactor();
  // A caller that resets what it has just sent (rapid reset) must not cost more than this.
  if (context->IsCancelled()) {
    course->Abandon();
    return reactor;
  }
  const Urgency urgency = course->urgency();
  const absl::Duration time = TimeOf(*context, runtime);
  // Before anything is spent on it: under overload most calls end here.
  if (!runtime.interactive().HasRoom(urgency, time)) {
    course->Shed();
    return reactor;
  }
  absl::StatusOr<CallContext> call = course->Admit(request);
  if (!call.ok()) {
    course->Finish(call.status());
    return reactor;
  }
  // The course keeps the call, and with it the context, until it has answered.
  call->cancelled = [context] { return context->IsCancelled(); };
  const bool taken = runtime.interactive().TrySubmit(
      [course, call = *std::move(call), body = std::move(body)] { course->Run(call, body); },
      urgency, time);
  if (!taken) course->Shed();
  runtime.metrics().QueueDepth(runtime.interactive().name(), runtime.interactive().queued());
  return reactor;
}

}  // namespace vsv::rpc::internal

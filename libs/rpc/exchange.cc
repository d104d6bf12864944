#include "libs/rpc/exchange.h"

#include "libs/aip/field_behavior.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/admission.h"
#include "libs/rpc/call_interceptor.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/stream_end.h"

#include "absl/time/clock.h"
#include "grpcpp/impl/codegen/proto_utils.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

namespace vsv::rpc::internal {
namespace {

// One message's own time, within what the caller gave the stream.
constexpr absl::Duration kMessageTime = absl::Seconds(20);

// A stream is in exactly one of these; every move happens under the mutex, so that no two threads
// drive it at once.
//   kIdle -> kReading -> kWorking (on the pool) -> kWriting -> kReading -> ... -> kFinished
class ExchangeCourse final : public OpenStream,
                             public std::enable_shared_from_this<ExchangeCourse> {
 public:
  ExchangeCourse(grpc::CallbackServerContext* context, Runtime& runtime, ExchangeReactor& reactor,
                 ExchangeSteps steps)
      : context_(context),
        runtime_(runtime),
        reactor_(reactor),
        steps_(std::move(steps)),
        start_(runtime.clock().Now()) {
    const absl::StatusOr<std::string> method = SingleMetadata(*context, kMethodKey);
    if (method.ok()) method_ = *method;
    trace_id_ = TraceIdFor(*context);
  }

  // The caller is judged before anything is read; refusals are answered at once.
  void Begin() {
    absl::Status refusal = Admit();
    if (refusal.ok()) refusal = runtime_.AddStream(shared_from_this(), organisation_);
    refusal.ok() ? Read() : Finish(refusal);
  }

  // Without a message the client is done, or gone.
  void ReadDone(bool ok) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (state_ >= State::kEnding) return;
      state_ = State::kWorking;
    }
    if (!ok) return Finish(context_->IsCancelled() ? absl::CancelledError() : Ending());
    auto self = shared_from_this();
    if (runtime_.bulk().TrySubmit([self] { self->Work(); })) return;
    runtime_.metrics().CallShed(method_, "queue");
    Finish(errors::Overloaded());
  }

  void WriteDone(bool ok) {
    if (!ok) return Finish(absl::CancelledError());
    Read();
  }

  void Cancel() { End(absl::CancelledError()); }

  void OnDrain() override { End(errors::ShuttingDown()); }

 private:
  // kStarting: a read is being started, and may be done before the call that starts it returns.
  // kEnding: whoever brought it there finishes the stream, although a read is under way.
  enum class State { kIdle, kStarting, kReading, kWorking, kWriting, kEnding, kFinished };

  absl::Status Ending() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return ending_;
  }

  // Ends a stream that waits for its client at once, and any other at its next step.
  void End(const absl::Status& why) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (state_ == State::kFinished || !ending_.ok()) return;
      ending_ = why;
      if (state_ != State::kReading) return;
      state_ = State::kEnding;
    }
    Finish(why);
  }

  absl::Status Admit() {
    if (runtime_.draining()) return errors::ShuttingDown();
    VSV_ASSIGN_OR_RETURN(arrival_, Arrive(*context_, runtime_, method_, trace_id_));
    VSV_ASSIGN_OR_RETURN(const CallContext call, rpc::Admit(arrival_, runtime_));
    organisation_ = call.caller.organisation_id;
    return absl::OkStatus();
  }

  void Read() {
    const auto self = shared_from_this();
    int64_t number = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      state_ = State::kStarting;
      number = ++reads_;
    }
    reactor_.StartRead(&incoming_);
    absl::Status ending;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (state_ != State::kStarting || reads_ != number) return;
      state_ = ending_.ok() ? State::kReading : State::kEnding;
      ending = ending_;
    }
    if (!ending.ok()) Finish(ending);
  }

  void Work() {
    absl::StatusOr<grpc::ByteBuffer> answer = Answer();
    if (!answer.ok()) return Finish(answer.status());
    outgoing_ = *std::move(answer);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      state_ = State::kWriting;
    }
    reactor_.StartWrite(&outgoing_);
  }

  absl::StatusOr<grpc::ByteBuffer> Answer() {
    VSV_RETURN_IF_ERROR(Ending());
    VSV_ASSIGN_OR_RETURN(const CallContext call, rpc::Admit(ArrivalOfMessage(), runtime_));
    if (call.start_time >= call.deadline) return errors::DeadlineExceeded();
    const std::unique_ptr<google::protobuf::Message> request = steps_.make_request();
    if (!grpc::SerializationTraits<google::protobuf::Message>::Deserialize(&incoming_,
                                                                           request.get())
             .ok()) {
      return errors::MessageMalformed();
    }
    std::vector<errors::Violation> violations;
    aip::CheckFieldBehavior(*request, violations);
    if (!violations.empty()) return errors::FieldsInvalid(std::move(violations));
    ++messages_;
    return steps_.answer(call, *request);
  }

  Arrival ArrivalOfMessage() const {
    Arrival now = arrival_;
    now.start_time = runtime_.clock().Now();
    // gRPC counts in real time; the service's clock may be a test's.
    const absl::Duration left = absl::FromChrono(context_->deadline()) - absl::Now() - kAnswerTime;
    now.deadline = now.start_time + std::min(left, kMessageTime);
    return now;
  }

  // Nothing of the course may be used after it, but by who holds it.
  void Finish(const absl::Status& status) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (state_ == State::kFinished) return;
      state_ = State::kFinished;
    }
    runtime_.RemoveStream(shared_from_this());
    reactor_.Finish(TellEnd(
        runtime_, {method_, organisation_, trace_id_, start_, std::to_string(messages_)}, status));
  }

  grpc::CallbackServerContext* const context_;
  Runtime& runtime_;
  ExchangeReactor& reactor_;  // there until it has been finished
  const ExchangeSteps steps_;
  const absl::Time start_;
  std::string method_;
  std::string trace_id_;
  std::string organisation_;
  Arrival arrival_;
  // Touched only by the one thread that drives the stream.
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  int64_t messages_ = 0;
  std::mutex mutex_;
  State state_ = State::kIdle;  // guarded by mutex_
  int64_t reads_ = 0;           // guarded by mutex_
  absl::Status ending_;         // guarded by mutex_
};

class Reactor final : public ExchangeReactor {
 public:
  void Begin(grpc::CallbackServerContext* context, Runtime& runtime, ExchangeSteps steps) {
    course_ = std::make_shared<ExchangeCourse>(context, runtime, *this, std::move(steps));
    course_->Begin();
  }

  void OnReadDone(bool ok) override { course_->ReadDone(ok); }

  void OnWriteDone(bool ok) override { course_->WriteDone(ok); }

  void OnCancel() override { course_->Cancel(); }

  void OnDone() override { std::unique_ptr<Reactor> self(this); }

 private:
  std::shared_ptr<ExchangeCourse> course_;
};

}  // namespace

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  // Cannot fail: what a handler gives is complete and far below 2 GiB.
  (void)grpc::SerializationTraits<google::protobuf::Message>::Serialize(message, &bytes, &own);
  return bytes;
}

ExchangeReactor* RunExchange(grpc::CallbackServerContext* context, Runtime& runtime,
                             ExchangeSteps steps) {
  auto* reactor = std::make_unique<Reactor>().release();  // deletes itself in OnDone
  reactor->Begin(context, runtime, std::move(steps));
  return reactor;
}

}  // namespace vsv::rpc::internal

#include "libs/rpc/watch.h"

#include "libs/aip/field_behavior.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/admission.h"
#include "libs/rpc/call_interceptor.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/stream_end.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::rpc::internal {
namespace {

// With nothing new a source is asked all the same, so that it can send a checkpoint.
constexpr absl::Duration kIdleCheckpoint = absl::Seconds(1);
// When the bulk pool is full, a stream waits; it has time.
constexpr absl::Duration kFullPoolPause = absl::Milliseconds(50);
// One batch's own time; the stream itself has none.
constexpr absl::Duration kBatchTime = absl::Seconds(5);

}  // namespace

// A stream is in exactly one of these; every move happens under the mutex, so that no two threads
// drive it at once.
//   kIdle -> kWorking (on the pool) -> kWriting* -> kIdle, kWaiting or kAwaiting -> ... ->
//   kFinished
// Beside it, while a batch is written and there is more, the next one is read (Ahead): the database
// works while the client takes what it has. One batch, so that who reads slowly holds no more.
class WatchCourse : public OpenStream, public std::enable_shared_from_this<WatchCourse> {
 public:
  WatchCourse(grpc::CallbackServerContext* context, Runtime& runtime, WakeSource& wake,
              WatchEnds ends)
      : context_(context),
        runtime_(runtime),
        wake_(wake),
        ends_(std::move(ends)),
        start_(runtime.clock().Now()) {
    const absl::StatusOr<std::string> method = SingleMetadata(*context, kMethodKey);
    if (method.ok()) method_ = *method;
    trace_id_ = TraceIdFor(*context);
  }

  // The caller is judged before anything is queued; refusals are answered at once.
  void Admit(const google::protobuf::Message& request) {
    refusal_ = [&]() -> absl::Status {
      if (runtime_.draining()) return errors::ShuttingDown();
      VSV_ASSIGN_OR_RETURN(arrival_, Arrive(*context_, runtime_, method_, trace_id_));
      VSV_ASSIGN_OR_RETURN(const CallContext call, rpc::Admit(arrival_, runtime_));
      caller_id_ = call.caller.organisation_id;
      std::vector<errors::Violation> violations;
      aip::CheckFieldBehavior(request, violations);
      return violations.empty() ? absl::OkStatus() : errors::FieldsInvalid(std::move(violations));
    }();
  }

  void Begin() {
    runtime_.metrics().WatchersChanged(1);
    if (!refusal_.ok()) return Finish(refusal_);
    const absl::Status added = runtime_.AddStream(shared_from_this(), caller_id_);
    if (!added.ok()) return Finish(added);
    Submit();
  }

  void Written(bool ok) {
    if (!ok) return Finish(absl::CancelledError());
    WriteOrContinue();
  }

  void OnDrain() override { End(errors::ShuttingDown()); }

  // Cancellation and drain end a waiting stream at once, and any other at its next step.
  void End(absl::Status why) {
    uint64_t token = 0;
    {
      absl::MutexLock lock(&mutex_);
      if (state_ == State::kFinished || !ending_.ok()) return;
      ending_ = std::move(why);
      if (state_ != State::kWaiting) return;
      state_ = State::kIdle;
      token = token_;
    }
    wake_.Cancel(token);
    Finish(Ending());
  }

 private:
  // kWaiting: for something new. kAwaiting: for the batch that is read ahead.
  enum class State { kIdle, kWorking, kWriting, kWaiting, kAwaiting, kFinished };
  enum class Ahead { kNone, kReading, kRead };

  absl::Status Ending() {
    absl::MutexLock lock(&mutex_);
    return ending_;
  }

  void Submit() {
    {
      absl::MutexLock lock(&mutex_);
      if (state_ == State::kFinished) return;
      state_ = State::kWorking;
    }
    auto self = shared_from_this();
    if (!runtime_.bulk().TrySubmit([self] { self->Work(); })) Wait(wake_.Told(), kFullPoolPause);
  }

  // A suspended organisation or an ended credential stops here.
  absl::StatusOr<CallContext> AdmitNow() {
    Arrival now = arrival_;
    now.start_time = runtime_.clock().Now();
    now.deadline = now.start_time + kBatchTime;
    return rpc::Admit(now, runtime_);
  }

  // The caller is resolved afresh for every batch.
  absl::Status ReadBatch() {
    VSV_RETURN_IF_ERROR(Ending());
    VSV_ASSIGN_OR_RETURN(const CallContext call, AdmitNow());
    if (watch_ == nullptr) {
      VSV_ASSIGN_OR_RETURN(watch_, ends_.open(call));
    }
    told_ = wake_.Told();
    return watch_->Next(call);
  }

  void Work() {
    const absl::Status status = ReadBatch();
    if (!status.ok()) return Finish(status);
    BeginBatch();
  }

  // Writes the batch that was read last, and reads on meanwhile.
  void BeginBatch() {
    more_ = watch_->Advance();
    if (more_) ReadAhead();
    WriteOrContinue();
  }

  void ReadAhead() {
    {
      absl::MutexLock lock(&mutex_);
      ahead_ = Ahead::kReading;
    }
    auto self = shared_from_this();
    if (runtime_.bulk().TrySubmit([self] { self->WorkAhead(); })) return;
    absl::MutexLock lock(&mutex_);
    ahead_ = Ahead::kNone;
  }

  void WorkAhead() {
    absl::Status status = ReadBatch();
    std::optional<absl::Status> outcome;
    {
      absl::MutexLock lock(&mutex_);
      ahead_ = Ahead::kRead;
      ahead_status_ = std::move(status);
      if (state_ != State::kAwaiting) return;
      state_ = State::kWorking;
      outcome = std::move(outcome_);
    }
    if (outcome.has_value()) return Finish(*outcome);
    TakeAhead();
  }

  // What was read ahead has waited for the client to take what came before: a failure to read it is
  // told only now.
  void TakeAhead() {
    if (const absl::Status ending = Ending(); !ending.ok()) return Finish(ending);
    std::optional<absl::Status> read;
    {
      absl::MutexLock lock(&mutex_);
      if (ahead_ == Ahead::kReading) {
        state_ = State::kAwaiting;
        return;
      }
      if (ahead_ == Ahead::kRead) read = ahead_status_;
      ahead_ = Ahead::kNone;
    }
    if (!read.has_value()) return Submit();  // the pool was full
    if (!read->ok()) return Finish(*read);
    BeginBatch();
  }

  // Each message may have waited for as long as the client liked: it is sent if the caller may
  // still have it.
  void WriteOrContinue() {
    if (const absl::Status ending = Ending(); !ending.ok()) return Finish(ending);
    if (const auto call = AdmitNow(); !call.ok()) return Finish(call.status());
    if (const google::protobuf::Message* message = watch_->Pop(); message != nullptr) {
      {
        absl::MutexLock lock(&mutex_);
        state_ = State::kWriting;
      }
      return ends_.write(message);
    }
    if (more_) return TakeAhead();
    Wait(told_, kIdleCheckpoint);
  }

  void Wait(uint64_t told, absl::Duration at_most) {
    uint64_t wait = 0;
    {
      absl::MutexLock lock(&mutex_);
      state_ = ending_.ok() ? State::kWaiting : State::kIdle;
      wait = ++waits_;
      token_ = 0;
    }
    if (const absl::Status ending = Ending(); !ending.ok()) return Finish(ending);
    // The wake, or the end, may come before Await has returned: both find kWaiting and go on
    // without the token. The next wait may even have begun by then: its token is the one to keep.
    auto self = shared_from_this();
    const uint64_t token = wake_.Await(told, absl::Now() + at_most, [self] { self->Woken(); });
    bool ended = false;
    {
      absl::MutexLock lock(&mutex_);
      if (wait != waits_) return;
      token_ = token;
      ended = !ending_.ok();
    }
    if (ended) wake_.Cancel(token);
  }

  void Woken() {
    {
      absl::MutexLock lock(&mutex_);
      if (state_ != State::kWaiting) return;
      state_ = State::kIdle;
    }
    Submit();
  }

  // Not while somebody reads ahead: who does finishes then.
  void Finish(const absl::Status& status) {
    {
      absl::MutexLock lock(&mutex_);
      if (state_ == State::kFinished) return;
      if (ahead_ == Ahead::kReading) {
        state_ = State::kAwaiting;
        outcome_ = status;
        return;
      }
      state_ = State::kFinished;
    }
    runtime_.RemoveStream(shared_from_this());
    runtime_.metrics().WatchersChanged(-1);
    ends_.finish(TellEnd(runtime_, {method_, caller_id_, trace_id_, start_}, status));
  }

  grpc::CallbackServerContext* const context_;
  Runtime& runtime_;
  WakeSource& wake_;
  const WatchEnds ends_;
  const absl::Time start_;
  std::string method_;
  std::string trace_id_;
  std::string caller_id_;
  absl::Status refusal_;
  Arrival arrival_;
  // Next and told_ by who reads, ahead or not; the rest by the one thread that drives the stream.
  std::unique_ptr<AnyWatch> watch_;
  bool more_ = false;
  uint64_t told_ = 0;  // before the last look
  absl::Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kIdle;
  Ahead ahead_ ABSL_GUARDED_BY(mutex_) = Ahead::kNone;
  absl::Status ahead_status_ ABSL_GUARDED_BY(mutex_);            // of kRead
  std::optional<absl::Status> outcome_ ABSL_GUARDED_BY(mutex_);  // to finish with when it is read
  absl::Status ending_ ABSL_GUARDED_BY(mutex_);
  uint64_t waits_ ABSL_GUARDED_BY(mutex_) = 0;  // begun so far
  uint64_t token_ ABSL_GUARDED_BY(mutex_) = 0;  // of the last of them, when it has one
};

std::shared_ptr<WatchCourse> MakeWatch(grpc::CallbackServerContext* context, Runtime& runtime,
                                       WakeSource& wake, const google::protobuf::Message& request,
                                       WatchEnds ends) {
  auto course = std::make_shared<WatchCourse>(context, runtime, wake, std::move(ends));
  course->Admit(request);
  return course;
}

void BeginWatch(const std::shared_ptr<WatchCourse>& course) {
  course->Begin();
}

void OnWritten(const std::shared_ptr<WatchCourse>& course, bool ok) {
  course->Written(ok);
}

void OnCancelled(const std::shared_ptr<WatchCourse>& course) {
  course->End(absl::CancelledError());
}

}  // namespace vsv::rpc::internal

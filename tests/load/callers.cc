#include "tests/load/callers.h"

#include "tests/load/cpu_time.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace vsv::load {
namespace {

constexpr absl::Duration kCallDeadline = absl::Seconds(20);

// Opens when everybody has arrived.
class Gate {
 public:
  explicit Gate(int expected) : missing_(expected) {}

  void Arrive() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (--missing_ == 0) all_.notify_all();
  }

  void Await() {
    std::unique_lock<std::mutex> lock(mutex_);
    all_.wait(lock, [this] { return missing_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  int missing_;
};

// One caller. Its next call begins in the callback of the last one, so it needs no lock.
class Caller {
 public:
  Caller(const std::shared_ptr<grpc::Channel>& channel, const Workload& workload, absl::Time from,
         absl::Time until, Gate& gate)
      : stub_(channel), workload_(workload), until_(until), gate_(gate), tally_(from, until) {}

  virtual ~Caller() = default;

  virtual void Begin() = 0;

  const LoadResult& result() const { return tally_.result(); }

 protected:
  // A context with the metadata of the workload.
  grpc::ClientContext* NewContext(absl::Time deadline) {
    context_.emplace();
    context_->set_deadline(absl::ToChronoTime(deadline));
    for (const auto& [key, value] : workload_.metadata) context_->AddMetadata(key, value);
    return &*context_;
  }

  void MakeRequest() {
    const grpc::Slice slice(workload_.request(random_));
    request_ = grpc::ByteBuffer(&slice, 1);
    response_.Clear();
    tally_.Begin(absl::Now());
  }

  // False when there is no time for another call.
  bool Count(const grpc::Status& status) {
    const absl::Time now = absl::Now();
    if (status.ok()) {
      tally_.EndWell(now, static_cast<int64_t>(response_.Length()));
    } else {
      tally_.EndBadly(now, absl::StrCat("code ", static_cast<int>(status.error_code()), ", ",
                                        status.error_message()));
    }
    return now < until_;
  }

  bool IsUnderWay() const { return tally_.is_under_way(); }

  grpc::GenericStub stub_;
  const Workload& workload_;
  const absl::Time until_;
  Gate& gate_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;

 private:
  absl::BitGen random_;
  std::optional<grpc::ClientContext> context_;
  Tally tally_;
};

class UnaryCaller final : public Caller {
 public:
  using Caller::Caller;

  void Begin() override {
    grpc::ClientContext* context = NewContext(absl::Now() + kCallDeadline);
    MakeRequest();
    stub_.UnaryCall(
        context, workload_.method, {}, &request_, &response_,
        [this](const grpc::Status& status) { Count(status) ? Begin() : gate_.Arrive(); });
  }
};

// Its calls share a stream, which ends when their time is over.
class StreamCaller final : public Caller,
                           private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  using Caller::Caller;

  void Begin() override {
    stub_.PrepareBidiStreamingCall(NewContext(until_ + kCallDeadline), workload_.method, {}, this);
    Send();
    StartCall();
  }

 private:
  void Send() {
    MakeRequest();
    StartRead(&response_);
    StartWrite(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;  // the end, of which OnDone tells
    Count(grpc::Status::OK) ? Send() : StartWritesDone();
  }

  void OnDone(const grpc::Status& status) override {
    if (!status.ok()) {
      Count(status);
    } else if (IsUnderWay()) {
      Count(grpc::Status(grpc::StatusCode::ABORTED, "the stream ended before the answer"));
    }
    gate_.Arrive();
  }
};

std::unique_ptr<Caller> MakeCaller(const std::shared_ptr<grpc::Channel>& channel,
                                   const Workload& workload, absl::Time from, absl::Time until,
                                   Gate& gate) {
  if (workload.on_a_stream)
    return std::make_unique<StreamCaller>(channel, workload, from, until, gate);
  return std::make_unique<UnaryCaller>(channel, workload, from, until, gate);
}

}  // namespace

LoadResult RunCallers(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                      const Workload& workload, const Pace& pace) {
  const absl::Time from = absl::Now() + pace.warm_up;
  const absl::Time until = from + pace.measured;
  Gate gate(pace.callers);
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < pace.callers; ++i) {
    const auto& channel = channels[static_cast<size_t>(i) % channels.size()];
    callers.push_back(MakeCaller(channel, workload, from, until, gate));
  }
  for (const auto& caller : callers) caller->Begin();
  absl::SleepFor(from - absl::Now());
  const double cpu_before = CpuMilliseconds();
  absl::SleepFor(until - absl::Now());
  LoadResult all;
  all.cpu_ms = CpuMilliseconds() - cpu_before;
  gate.Await();
  all.seconds = absl::ToDoubleSeconds(pace.measured);
  for (const auto& caller : callers) Add(caller->result(), all);
  return all;
}

}  // namespace vsv::load

// Calls that a server makes of another one, from threads that wait for the answer.
//
// None of them polls. Who waits in one of gRPC's own blocking calls serves, meanwhile, every
// connection of the process, and goes on reading calls while those that were read still wait to be
// looked at (docs/adr/0020).
#pragma once

#include "grpcpp/client_context.h"
#include "grpcpp/support/client_callback.h"

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <utility>

namespace vsv::rpc {

// How a unary call ended. `begin(done)` begins it, by the stub's async(), and hands `done` over.
template <class Begin>
grpc::Status AwaitReply(const Begin& begin) {
  const auto ended = std::make_shared<std::promise<grpc::Status>>();
  begin([ended](const grpc::Status& status) { ended->set_value(status); });
  return ended->get_future().get();
}

// A stream of a server. One thread reads; any may cancel.
template <class Response>
class StreamReader final : private grpc::ClientReadReactor<Response> {
 public:
  using Reactor = grpc::ClientReadReactor<Response>;

  // `begin(context, reactor)` begins the call, by the stub's async(); the request must outlive the
  // reader.
  template <class Begin>
  StreamReader(std::unique_ptr<grpc::ClientContext> context, const Begin& begin)
      : context_(std::move(context)) {
    begin(context_.get(), static_cast<Reactor*>(this));
    this->AddHold();  // a read may be begun until Finish
    this->StartCall();
  }

  // Ends the call, and waits until it has ended.
  ~StreamReader() override {
    Cancel();
    static_cast<void>(Finish());
  }

  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  // The next message; false when there is none any more, and then Finish says why.
  bool Read(Response* message) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (finishing_) return false;
    outcome_ = Outcome::kUnderWay;
    this->StartRead(message);
    changed_.wait(lock, [this] { return outcome_ != Outcome::kUnderWay; });
    return outcome_ == Outcome::kMessage;
  }

  // How the call ended. Waits for that, and reads no more.
  grpc::Status Finish() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!std::exchange(finishing_, true)) this->RemoveHold();
    changed_.wait(lock, [this] { return finished_; });
    return status_;
  }

  void Cancel() { context_->TryCancel(); }

 private:
  enum class Outcome { kUnderWay, kMessage, kNone };

  void OnReadDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    outcome_ = ok ? Outcome::kMessage : Outcome::kNone;
    changed_.notify_all();
  }

  // Tells under the lock: who waits may destroy the reader as soon as it has it.
  void OnDone(const grpc::Status& status) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_ = true;
    status_ = status;
    changed_.notify_all();
  }

  const std::unique_ptr<grpc::ClientContext> context_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Outcome outcome_ = Outcome::kNone;  // guarded by mutex_, as all below
  bool finishing_ = false;
  bool finished_ = false;
  grpc::Status status_;
};

}  // namespace vsv::rpc

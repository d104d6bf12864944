// Calls that a server makes of another one, from threads that wait for the answer.
//
// None of them polls. Who waits in one of gRPC's own blocking calls serves, meanwhile, every
// connection of the process, and goes on reading calls while those that were read still wait to be
// looked at (docs/adr/0020).
#pragma once

#include "grpcpp/client_context.h"
#include "grpcpp/support/client_callback.h"

#include <chrono>
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
  // reader. A server that is there and says nothing for `patience` is believed no longer: streams
  // that are followed tell every second that there is nothing new.
  template <class Begin>
  StreamReader(std::unique_ptr<grpc::ClientContext> context, const Begin& begin,
               std::chrono::milliseconds patience = std::chrono::seconds(10))
      : context_(std::move(context)), patience_(patience) {
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
    Await(lock, [this] { return outcome_ != Outcome::kUnderWay; });
    return outcome_ == Outcome::kMessage;
  }

  // How the call ended; UNAVAILABLE when it was given up. Waits for that, and reads no more.
  grpc::Status Finish() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!std::exchange(finishing_, true)) this->RemoveHold();
    Await(lock, [this] { return finished_; });
    return given_up_ ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server said nothing")
                     : status_;
  }

  void Cancel() { context_->TryCancel(); }

 private:
  enum class Outcome { kUnderWay, kMessage, kNone };

  // Cancelled, a call ends: then there is an outcome, and a status.
  template <class Condition>
  void Await(std::unique_lock<std::mutex>& lock, const Condition& condition) {
    if (changed_.wait_for(lock, patience_, condition)) return;
    given_up_ = true;
    lock.unlock();
    Cancel();
    lock.lock();
    changed_.wait(lock, condition);
  }

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
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Outcome outcome_ = Outcome::kNone;  // guarded by mutex_, as all below
  bool finishing_ = false;
  bool finished_ = false;
  bool given_up_ = false;
  grpc::Status status_;
};

}  // namespace vsv::rpc

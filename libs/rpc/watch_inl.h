// Template half of watch.h: binds one response type to the type-erased course.
#pragma once

#include "libs/rpc/watch.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace vsv::rpc {
namespace internal {

template <typename Response>
class TypedWatch final : public AnyWatch {
 public:
  explicit TypedWatch(std::unique_ptr<WatchSource<Response>> source) : source_(std::move(source)) {}

  absl::Status Next(const CallContext& call) override {
    absl::StatusOr<Batch> batch = source_->Next(call);
    if (!batch.ok()) return batch.status();
    read_ = *std::move(batch);
    return absl::OkStatus();
  }

  bool Advance() override {
    current_ = std::exchange(read_, Batch());
    next_ = 0;
    return current_.more;
  }

  const google::protobuf::Message* Pop() override {
    return next_ < current_.messages.size() ? &current_.messages[next_++].message() : nullptr;
  }

 private:
  using Batch = typename WatchSource<Response>::Batch;

  std::unique_ptr<WatchSource<Response>> source_;
  Batch read_;
  Batch current_;
  size_t next_ = 0;
};

template <typename Response>
class WatchReactor final : public grpc::ServerWriteReactor<Response> {
 public:
  void Start(std::shared_ptr<WatchCourse> course) {
    course_ = std::move(course);
    BeginWatch(course_);
  }

  void Write(const google::protobuf::Message* message) {
    this->StartWrite(static_cast<const Response*>(message));
  }

  void OnWriteDone(bool ok) override { OnWritten(course_, ok); }

  void OnCancel() override { OnCancelled(course_); }

  void OnDone() override { std::unique_ptr<WatchReactor> self(this); }

 private:
  std::shared_ptr<WatchCourse> course_;
};

}  // namespace internal

template <typename Request, typename Response, typename Open>
grpc::ServerWriteReactor<Response>* Watch(grpc::CallbackServerContext* context, Runtime& runtime,
                                          WakeSource& wake, const Request* request, Open open) {
  auto* reactor =
      std::make_unique<internal::WatchReactor<Response>>().release();  // deletes itself in OnDone
  internal::WatchEnds ends;
  ends.write = [reactor](const google::protobuf::Message* message) { reactor->Write(message); };
  ends.finish = [reactor](const grpc::Status& status) { reactor->Finish(status); };
  ends.open = [request, open = std::move(open)](
                  const CallContext& call) -> absl::StatusOr<std::unique_ptr<internal::AnyWatch>> {
    absl::StatusOr<std::unique_ptr<WatchSource<Response>>> source = open(call, *request);
    if (!source.ok()) return source.status();
    return std::make_unique<internal::TypedWatch<Response>>(*std::move(source));
  };
  reactor->Start(internal::MakeWatch(context, runtime, wake, *request, std::move(ends)));
  return reactor;
}

}  // namespace vsv::rpc

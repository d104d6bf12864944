// Server streams that follow a change feed. No thread is held per watcher: a source is asked for
// its next batch on the bulk pool when there may be something new. While a batch is written that
// has more behind it, the next one is read, and no more than that one.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace vsv::rpc {

class Runtime;

// A message that holds as much is closed; its cursor, if it has one, is behind all that was sent so
// far. A client that was not told otherwise takes 4 MiB and is stuck for good before a message of
// more.
inline constexpr size_t kFullMessageBytes = size_t{1} << 20;

// Where watchers wait; libs/feed's Notifier wakes it when the sequencer has numbered something.
class WakeSource {
 public:
  virtual ~WakeSource() = default;
  // How often there has been something new. Who notes it before a look, and gives it to Await
  // after that, misses nothing.
  virtual uint64_t Told() const = 0;
  // Calls `wake` once, from any thread, when something may be new since `told`, at once if it is,
  // or at `at_latest` (idle checkpoints). Returns a token, never 0.
  virtual uint64_t Await(uint64_t told, absl::Time at_latest, std::function<void()> wake) = 0;
  // Forgets a waiter; its `wake` is not running and will not run after this returns. Who has no
  // token (0) waits for nobody.
  virtual void Cancel(uint64_t token) = 0;
};

// One subscriber's position in the feed. Called by one thread at a time, never by two.
template <typename Response>
class WatchSource {
 public:
  struct Batch {
    std::vector<policy::Cleared<Response>> messages;  // may be empty: nothing new
    bool more = false;                                // ask again at once
  };

  virtual ~WatchSource() = default;
  // The next batch, judged, audited and committed before it is returned. `call.start_time` and
  // `call.deadline` are those of this batch; the caller is resolved afresh for each batch, and
  // again before each of its messages is sent, so a suspended organisation is cut off. An error
  // ends the stream, behind what was read before it.
  virtual absl::StatusOr<Batch> Next(const CallContext& call) = 0;
};

namespace internal {
// Type-erased course of a watch; see watch.cc.
class AnyWatch {
 public:
  virtual ~AnyWatch() = default;
  // Reads the next batch, beside the current one.
  virtual absl::Status Next(const CallContext& call) = 0;
  // Makes what Next has read the current batch; whether there is more behind it. Not while Next
  // runs.
  virtual bool Advance() = 0;
  // The next message to write of the current batch, or nullptr.
  virtual const google::protobuf::Message* Pop() = 0;
};
class WatchCourse;

// The typed reactor's ends that the course drives.
struct WatchEnds {
  std::function<absl::StatusOr<std::unique_ptr<AnyWatch>>(const CallContext&)> open;
  std::function<void(const google::protobuf::Message*)> write;
  std::function<void(const grpc::Status&)> finish;  // called exactly once
};

std::shared_ptr<WatchCourse> MakeWatch(grpc::CallbackServerContext* context, Runtime& runtime,
                                       WakeSource& wake, const google::protobuf::Message& request,
                                       WatchEnds ends);
void BeginWatch(const std::shared_ptr<WatchCourse>& course);
void OnWritten(const std::shared_ptr<WatchCourse>& course, bool ok);
void OnCancelled(const std::shared_ptr<WatchCourse>& course);
}  // namespace internal

// Admits the call like Unary, opens a source by `open(call, request)` ->
// StatusOr<unique_ptr<WatchSource<Response>>> on the bulk pool, and streams its batches until the
// client leaves, the source fails or the service drains (UNAVAILABLE SHUTTING_DOWN, resume with the
// last cursor).
template <typename Request, typename Response, typename Open>
grpc::ServerWriteReactor<Response>* Watch(grpc::CallbackServerContext* context, Runtime& runtime,
                                          WakeSource& wake, const Request* request, Open open);

}  // namespace vsv::rpc

#include "libs/rpc/watch_inl.h"

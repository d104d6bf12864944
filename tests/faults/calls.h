// How the clients of a campaign call: within a short time, each call under a trace of its own, and
// again while its outcome is open.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "tests/faults/history.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vsv::faults {

inline constexpr absl::Duration kCallTime = absl::Seconds(2);
inline constexpr absl::Duration kPatience = absl::Seconds(60);

// PEM texts of one side of a mutual TLS channel.
struct ChannelKeys {
  std::string root;
  std::string certificate;
  std::string key;
};

// A channel of its own that is back as soon as the server is.
std::shared_ptr<grpc::Channel> InsistentChannel(const std::string& address,
                                                const ChannelKeys& keys);

// What was answered, to be compared with the audit trail. Thread-safe.
class Acts {
 public:
  void Add(Act act) {
    const std::lock_guard<std::mutex> lock(mutex_);
    acts_.push_back(std::move(act));
  }

  std::vector<Act> all() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return acts_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Act> acts_;
};

// Purpose and a new trace, which goes to `trace`.
rpc::CallMetadata MetadataOf(const char* purpose, std::string& trace);

// One call of the method of that name; `trace` is the one it was made under.
template <typename Reply>
absl::StatusOr<Reply> Call(const std::shared_ptr<grpc::Channel>& channel, const char* method,
                           const google::protobuf::Message& request, const char* purpose,
                           std::string& trace) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* descriptor,
                       rpc::FindMethod(method));
  VSV_ASSIGN_OR_RETURN(const auto reply, rpc::CallUnary(channel, *descriptor, request,
                                                        MetadataOf(purpose, trace), kCallTime));
  return static_cast<Reply&&>(*reply);
}

// The outcome is open, or it is known that nothing was done and may be tried again.
bool MayRepeat(const absl::Status& status);

// Asks again and again, until the answer is final or patience ends.
template <typename Ask>
auto Insist(const Ask& ask, std::atomic<int64_t>& repeats) {
  const absl::Time give_up = absl::Now() + kPatience;
  while (true) {
    auto reply = ask();
    if (reply.ok() || !MayRepeat(reply.status()) || absl::Now() >= give_up) return reply;
    ++repeats;
    absl::SleepFor(absl::Milliseconds(20));
  }
}

}  // namespace vsv::faults

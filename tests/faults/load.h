// Load on dossiers that does not wait for answers: as many durable updates a second as asked for,
// with withdrawals and erasures among them.
#pragma once

#include "tests/faults/load_seconds.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vsv::faults {

// As a school: makes its dossiers first, then loads the service in phases.
class Load {
 public:
  // `channels` are connections of one school in `region`; each call takes the next of them.
  Load(std::vector<std::shared_ptr<grpc::Channel>> channels, std::string region, uint64_t seed);
  // Waits for every call.
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Dossiers to update, and others to withdraw or erase; pupils from `first_pupil` on.
  absl::Status MakeDossiers(int updated, int taken_back, int first_pupil, int year);

  // In both, eight withdrawals and two erasures a second besides: they cost many times an update,
  // so that a peak without them would be one of other work.

  // `callers` at a time, each beginning anew when it was answered; returns when all are.
  void Closed(int callers, absl::Duration time, absl::Duration deadline);
  // `rate` updates a second, whatever is answered. Deadlines are drawn between the two.
  void Open(Phase phase, double rate, absl::Duration time, absl::Duration least,
            absl::Duration most);

  void AwaitAnswers() const;

  // Every second so far.
  std::vector<LoadSecond> seconds() const;
  // Withdrawals and erasures that were not done: how each ended, after how long.
  std::vector<std::string> lost() const;

 private:
  struct Call;
  void BeginUpdate(absl::Duration deadline, std::function<void()> then);
  void BeginTakingBack();
  void Begin(const char* method, const google::protobuf::Message& request, absl::Duration deadline,
             bool takes_back, std::function<void()> then);
  void Count(const grpc::Status& status, Phase begun_in, bool takes_back, absl::Duration took);
  // Takes back, and closes a second each second, until `time` (whole seconds) has passed; `each`
  // runs every two milliseconds.
  void Pass(Phase phase, absl::Duration time, const std::function<void(absl::Duration)>& each);
  uint64_t Draw(uint64_t below);

  const std::vector<std::shared_ptr<grpc::Channel>> channels_;
  const std::string parent_;
  std::vector<std::string> updated_;
  std::vector<std::string> to_take_back_;
  std::atomic<uint64_t> random_;
  std::atomic<bool> looping_{false};
  std::atomic<int64_t> in_flight_{0};
  std::atomic<uint64_t> next_channel_{0};
  mutable std::mutex mutex_;
  LoadSeconds seconds_;            // guarded by mutex_
  std::vector<std::string> lost_;  // guarded by mutex_
};

}  // namespace vsv::faults

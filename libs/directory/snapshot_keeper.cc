#include "libs/directory/snapshot_keeper.h"

#include "libs/base/status_macros.h"
#include "libs/obs/log.h"

#include "absl/time/clock.h"

#include <memory>
#include <utility>

namespace vsv::directory {

namespace {

constexpr absl::Duration kReadTime = absl::Seconds(2);

}  // namespace

SnapshotKeeper::SnapshotKeeper(pg::Pool& pool, rpc::WakeSource* wake, absl::Duration interval)
    : pool_(pool), wake_(wake), interval_(interval) {
  current_.snapshot = std::make_shared<const Snapshot>(Content());
}

SnapshotKeeper::~SnapshotKeeper() {
  Stop();
}

void SnapshotKeeper::Start() {
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = false;
  }
  thread_ = std::thread([this] { Loop(); });
}

void SnapshotKeeper::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void SnapshotKeeper::Poke() {
  absl::MutexLock lock(&mutex_);
  poked_ = true;
}

DatedSnapshot SnapshotKeeper::Current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

absl::Status SnapshotKeeper::Refresh() {
  // One after the other, so that none overtakes another. Not by what they say the time is: that may
  // be set back.
  const std::lock_guard<std::mutex> one(refreshing_);
  VSV_ASSIGN_OR_RETURN(DatedSnapshot loaded,
                       LoadSnapshot(pool_, Current().snapshot, absl::Now() + kReadTime));
  absl::MutexLock lock(&mutex_);
  current_ = std::move(loaded);
  return absl::OkStatus();
}

bool SnapshotKeeper::Pause(uint64_t told) {
  const auto wanted = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return poked_ || stopped_; };
  uint64_t token = 0;
  if (wake_ != nullptr) token = wake_->Await(told, absl::Now() + interval_, [this] { Poke(); });
  bool go_on = true;
  {
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&wanted), interval_);
    poked_ = false;
    go_on = !stopped_;
  }
  if (wake_ != nullptr) wake_->Cancel(token);
  return go_on;
}

void SnapshotKeeper::Loop() {
  bool failing = false;
  uint64_t told = 0;
  do {
    if (wake_ != nullptr) told = wake_->Told();
    const absl::Status status = Refresh();
    if (!status.ok() && !failing) {
      obs::Log(obs::Severity::kWarning, "the directory cannot be read",
               {{"cause", status.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
    }
    failing = !status.ok();
  } while (Pause(told));
}

}  // namespace vsv::directory

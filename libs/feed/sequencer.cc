#include "libs/feed/sequencer.h"

#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/feed/statements.h"
#include "libs/obs/log.h"

#include "absl/time/clock.h"

#include <algorithm>

namespace vsv::feed {
namespace {

constexpr absl::Duration kRoundTime = absl::Seconds(10);
constexpr absl::Duration kFirstErrorPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestErrorPause = absl::Seconds(2);

}  // namespace

Sequencer::Sequencer(pg::Pool& worker, SequencerOptions options)
    : worker_(worker), options_(options) {}

Sequencer::~Sequencer() {
  Stop();
}

void Sequencer::Start() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = false;
  }
  thread_ = std::thread([this] { Loop(); });
}

void Sequencer::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Sequencer::Pause(absl::Duration time) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMicroseconds(time), [this] { return stopped_; });
  return !stopped_;
}

void Sequencer::Loop() {
  absl::Duration error_pause = kFirstErrorPause;
  absl::Duration pause = absl::ZeroDuration();
  while (Pause(pause)) {
    const absl::StatusOr<SequencerRound> round = RunOnce(absl::Now() + kRoundTime);
    if (!round.ok()) {
      obs::Log(obs::Severity::kError, "sequencer failed",
               {{"cause", round.status().ToString(absl::StatusToStringMode::kWithNoExtraData)}});
      pause = error_pause;
      error_pause = std::min(error_pause * 2, kLongestErrorPause);
      continue;
    }
    error_pause = kFirstErrorPause;
    pause = round->more ? absl::ZeroDuration() : options_.poll_interval;
  }
}

absl::StatusOr<SequencerRound> Sequencer::RunOnce(absl::Time deadline) {
  SequencerRound round;
  VSV_RETURN_IF_ERROR(
      pg::RunInTransaction(worker_, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) {
        round = SequencerRound();
        return Round(tx, round);
      }));
  return round;
}

absl::Status Sequencer::Round(pg::Transaction& tx, SequencerRound& round) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result work,
      tx.Execute(sql::kLookForWork,
                 pg::Params().Double(absl::ToDoubleSeconds(options_.heartbeat_interval))));
  const bool waiting = work[0].Bool("waiting");
  round.locked = true;
  if (!waiting && !work[0].Bool("heartbeat_due")) return absl::OkStatus();

  VSV_ASSIGN_OR_RETURN(const pg::Result lock, tx.Execute(sql::kLockSequencer));
  round.locked = lock[0].Bool("locked");
  if (!round.locked) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(EnsureEpoch(tx));

  VSV_ASSIGN_OR_RETURN(const pg::Result done,
                       tx.Execute(sql::kSequenceOutbox, pg::Params().Int(options_.batch_rows)));
  round.sequenced = done[0].Int("sequenced");
  round.more = round.sequenced >= options_.batch_rows;
  // A full batch may have left rows behind that were committed before.
  if (!round.more) {
    VSV_RETURN_IF_ERROR(
        tx.Execute(sql::kRecordProgress, pg::Params().Time(done[0].Time("until_at"))));
  }
  if (round.sequenced > 0) VSV_RETURN_IF_ERROR(tx.Execute(sql::kNotifyFeed));
  return absl::OkStatus();
}

}  // namespace vsv::feed

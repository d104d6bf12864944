// Numbers what writers left in the outbox. Runs in every instance of a server; a lock in the
// database makes one of them do the work at a time.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace vsv::feed {

struct SequencerOptions {
  absl::Duration poll_interval = absl::Milliseconds(25);  // between looks at an empty outbox
  absl::Duration heartbeat_interval =
      absl::Milliseconds(500);  // between notes of progress when nothing changes
  int64_t batch_rows = 1000;
};

// What one round did.
struct SequencerRound {
  int64_t sequenced = 0;
  bool more = false;    // the batch was full
  bool locked = false;  // this instance did it (or had nothing to do); false: another one is at it
};

class Sequencer {
 public:
  // `worker`: pool of the worker role, with a connection to spare. Must outlive the sequencer.
  Sequencer(pg::Pool& worker, SequencerOptions options);
  // Stops.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Runs rounds on a thread of its own until Stop. Errors are logged and tried again after a pause.
  void Start();
  void Stop();

  // One round. EPOCH_STALE when the database has become another: nothing is numbered until an
  // operator has spoken.
  absl::StatusOr<SequencerRound> RunOnce(absl::Time deadline);

 private:
  void Loop();
  absl::Status Round(pg::Transaction& tx, SequencerRound& round);
  // Waits; false when stopped.
  bool Pause(absl::Duration time);

  pg::Pool& worker_;
  const SequencerOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = true;
  std::thread thread_;
};

}  // namespace vsv::feed

// Tells the feed of bases that ended or began without a write.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/pool.h"
#include "services/dossiers/storage/sweep_schedule.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace vsv::dossiers {

struct BasisSweeperOptions {
  absl::Duration interval = absl::Seconds(5);  // between looks whether a pass is due
  int64_t chunk = 1000;                        // receipts a transaction
  absl::Duration max_register_age = absl::Seconds(5);
};

// A consent that runs out, an agreement that is terminated, a rule that no longer holds, a pupil
// whose municipality changes region: nobody writes to the dossier, and yet somebody holds what it
// may not hold any longer. The sweeper looks at the receipts and makes an event of the dossier, so
// that the holder's next batch tells it. Each end is told once. So is the beginning of a consent
// that was recorded before it; what else begins (an agreement, a rule) is not told.
class BasisSweeper {
 public:
  // `worker`: pool of the worker role. Both outlive the sweeper.
  BasisSweeper(pg::Pool& worker, const base::Clock& clock, BasisSweeperOptions options);
  // Stops.
  ~BasisSweeper();
  BasisSweeper(const BasisSweeper&) = delete;
  BasisSweeper& operator=(const BasisSweeper&) = delete;

  // Passes on a thread of its own until Stop. What fails is tried again in the next pass.
  void Start();
  void Stop();

  // One pass over what begins and over all receipts; returns how many dossiers were told of.
  // CANCELLED when it is stopped meanwhile: a pass may take minutes, and ends between two portions.
  // PROJECTION_STALE when the register is too old to judge by: that was no pass, and Start tries
  // again after `interval`.
  absl::StatusOr<int64_t> RunOnce(absl::Time deadline);

 private:
  void Loop();
  bool IsStopping();
  absl::Status SweepWhenDue();
  absl::StatusOr<int64_t> TellBegun(absl::Time deadline);
  // What bases depend on besides the dossiers.
  absl::StatusOr<std::string> Circumstances(absl::Time deadline);

  pg::Pool& worker_;
  const base::Clock& clock_;
  const BasisSweeperOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;   // by Stop; never in a sweeper that was not started
  SweepSchedule schedule_;  // the thread's own
  std::thread thread_;
};

}  // namespace vsv::dossiers

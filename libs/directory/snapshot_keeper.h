// Keeps the snapshot up to date.
#pragma once

#include "libs/directory/snapshot.h"
#include "libs/rpc/watch.h"

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

#include <cstdint>
#include <mutex>
#include <thread>

namespace vsv::directory {

// Looks at the tables when poked, and at least once per interval. What cannot be read is not
// replaced: the snapshot ages, and who depends on it says PROJECTION_STALE in time. Thread-safe.
class SnapshotKeeper {
 public:
  // The pool (of the app role) must outlive it, and so must `wake`, which pokes it too: the
  // register's own feed there where the tables are the register's; nullptr where a projector pokes.
  explicit SnapshotKeeper(pg::Pool& pool, rpc::WakeSource* wake = nullptr,
                          absl::Duration interval = absl::Milliseconds(500));
  // Stops.
  ~SnapshotKeeper();
  SnapshotKeeper(const SnapshotKeeper&) = delete;
  SnapshotKeeper& operator=(const SnapshotKeeper&) = delete;

  void Start();
  void Stop();
  // Something may have changed; from any thread, never blocks on the database.
  void Poke();

  // Reads now. Also what tests call instead of Start.
  absl::Status Refresh();

  DatedSnapshot Current() const;

 private:
  void Loop();
  // Until poked or stopped, something is new since `told`, or the interval is over. False when
  // stopped.
  bool Pause(uint64_t told);

  pg::Pool& pool_;
  std::mutex refreshing_;
  rpc::WakeSource* const wake_;
  const absl::Duration interval_;
  mutable absl::Mutex mutex_;
  DatedSnapshot current_ ABSL_GUARDED_BY(mutex_);
  bool poked_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = true;
  std::thread thread_;
};

}  // namespace vsv::directory

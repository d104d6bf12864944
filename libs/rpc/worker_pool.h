// A bounded pool of threads for blocking work.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/pace.h"

#include "absl/time/time.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vsv::rpc {

// What is urgent is begun before all that is not, and has room of its own.
enum class Urgency { kOrdinary, kUrgent };

// gRPC's callback threads never block; what blocks runs here. The queue is bounded, by number and
// by time: what is beyond it would only wait for its deadline. Urgent tasks get eight times that
// room, and no bound of time: they are few, and refused only when the queue itself would become the
// danger.
class WorkerPool {
 public:
  WorkerPool(std::string name, int threads, int queue_per_thread, const base::Clock& clock);
  // Runs what is queued, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full, when the task would hardly end within `time` at the pace of those
  // before it, or when the pool is closing; the task is then not taken.
  bool TrySubmit(std::function<void()> task, Urgency urgency = Urgency::kOrdinary,
                 absl::Duration time = absl::InfiniteDuration());

  // Whether TrySubmit would take a task now.
  bool HasRoom(Urgency urgency, absl::Duration time) const;

  // Tasks waiting, for the metric.
  int queued() const;

  const std::string& name() const { return name_; }

 private:
  struct Task {
    std::function<void()> run;
    absl::Time since;
    int among = 0;  // in the house when it came, itself included
  };

  void Work();
  // Steps back; the first of the threads that may not says so in the log.
  void Begin();
  bool HasRoomLocked(Urgency urgency, absl::Duration time) const;

  const std::string name_;
  const base::Clock& clock_;
  const size_t capacity_;
  // Not absl::Mutex: Debian's Abseil is not instrumented, and ThreadSanitizer must see what orders
  // the tasks.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> queue_;   // guarded by mutex_
  std::deque<Task> urgent_;  // guarded by mutex_
  int in_house_ = 0;         // queued or at work; guarded by mutex_
  Pace pace_;                // guarded by mutex_
  bool closing_ = false;     // guarded by mutex_
  std::once_flag stuck_;     // that it was told that nobody can step back
  std::vector<std::thread> threads_;
};

}  // namespace vsv::rpc

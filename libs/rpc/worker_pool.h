// A bounded pool of threads for blocking work.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace vsv::rpc {

// gRPC's callback threads never block; what blocks runs here. As many threads as database
// connections, and a queue of eight tasks a thread: what is beyond that would only wait for its
// deadline.
class WorkerPool {
 public:
  WorkerPool(std::string name, int threads, int queue_per_thread = 8);
  // Runs what is queued, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool is closing; the task is then not taken.
  bool TrySubmit(std::function<void()> task);

  // Tasks waiting, for the metric.
  int queued() const;

  const std::string& name() const { return name_; }

 private:
  void Work();

  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return closing_ || !queue_.empty(); }

  const std::string name_;
  const size_t capacity_;
  mutable absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace vsv::rpc

#include "libs/rpc/worker_pool.h"

#include <utility>

namespace vsv::rpc {
namespace {

constexpr size_t kUrgentRoom = 8;  // times that of the others

}  // namespace

WorkerPool::WorkerPool(std::string name, int threads, int queue_per_thread)
    : name_(std::move(name)),
      capacity_(static_cast<size_t>(threads) * static_cast<size_t>(queue_per_thread)) {
  threads_.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::TrySubmit(std::function<void()> task, Urgency urgency) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!HasRoomLocked(urgency)) return false;
    (urgency == Urgency::kUrgent ? urgent_ : queue_).push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

bool WorkerPool::HasRoom(Urgency urgency) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return HasRoomLocked(urgency);
}

bool WorkerPool::HasRoomLocked(Urgency urgency) const {
  if (closing_) return false;
  return urgency == Urgency::kUrgent ? urgent_.size() < kUrgentRoom * capacity_
                                     : queue_.size() < capacity_;
}

int WorkerPool::queued() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(queue_.size() + urgent_.size());
}

void WorkerPool::Work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !queue_.empty() || !urgent_.empty(); });
      std::deque<std::function<void()>>& queue = urgent_.empty() ? queue_ : urgent_;
      if (queue.empty()) return;
      task = std::move(queue.front());
      queue.pop_front();
    }
    task();
  }
}

}  // namespace vsv::rpc

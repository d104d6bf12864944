#include "libs/rpc/worker_pool.h"

#include <utility>

namespace vsv::rpc {

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

bool WorkerPool::TrySubmit(std::function<void()> task) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closing_ || queue_.size() >= capacity_) return false;
    queue_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

int WorkerPool::queued() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(queue_.size());
}

void WorkerPool::Work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace vsv::rpc

#include "libs/rpc/worker_pool.h"

#include "libs/obs/log.h"

#include <cerrno>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace vsv::rpc {
namespace {

constexpr size_t kUrgentRoom = 8;  // times that of the others
// What a task is expected to take must fit its time twice: expectations are means.
constexpr int kMargin = 2;
// More of it than the process has.
constexpr int kNiceness = 5;

// Who answers the door goes before who works: where processors are short, calls would else wait so
// long to be read that nothing is left of their time, be they shed, urgent, or worth doing. On
// Linux this is of the thread alone. False, with errno, where it is forbidden.
bool StepBack() {
  const auto self = static_cast<id_t>(syscall(SYS_gettid));
  return setpriority(PRIO_PROCESS, self, getpriority(PRIO_PROCESS, self) + kNiceness) == 0;
}

}  // namespace

WorkerPool::WorkerPool(std::string name, int threads, int queue_per_thread,
                       const base::Clock& clock)
    : name_(std::move(name)),
      clock_(clock),
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

bool WorkerPool::TrySubmit(std::function<void()> task, Urgency urgency, absl::Duration time) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!HasRoomLocked(urgency, time)) return false;
    (urgency == Urgency::kUrgent ? urgent_ : queue_)
        .push_back({std::move(task), clock_.Now(), ++in_house_});
  }
  changed_.notify_one();
  return true;
}

bool WorkerPool::HasRoom(Urgency urgency, absl::Duration time) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return HasRoomLocked(urgency, time);
}

bool WorkerPool::HasRoomLocked(Urgency urgency, absl::Duration time) const {
  if (closing_) return false;
  if (urgency == Urgency::kUrgent) return urgent_.size() < kUrgentRoom * capacity_;
  return queue_.size() < capacity_ && kMargin * pace_.Expect(in_house_ + 1) <= time;
}

int WorkerPool::queued() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(queue_.size() + urgent_.size());
}

void WorkerPool::Begin() {
  if (StepBack()) return;
  std::call_once(stuck_, [this, cause = errno] {
    obs::Log(obs::Severity::kWarning, "workers cannot step back",
             {{"pool", name_}, {"cause", std::generic_category().message(cause)}});
  });
}

void WorkerPool::Work() {
  Begin();
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !queue_.empty() || !urgent_.empty(); });
    std::deque<Task>& queue = urgent_.empty() ? queue_ : urgent_;
    if (queue.empty()) return;
    Task task = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    task.run();
    task.run = nullptr;  // what it holds ends with it, not under the lock
    lock.lock();
    pace_.Saw(task.among, clock_.Now() - task.since);
    --in_house_;
  }
}

}  // namespace vsv::rpc

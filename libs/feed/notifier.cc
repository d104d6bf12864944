#include "libs/feed/notifier.h"

#include "libs/obs/log.h"
#include "libs/pg/connection.h"
#include "libs/pg/socket_wait.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <sys/eventfd.h>
#include <unistd.h>

namespace vsv::feed {
namespace {

constexpr absl::Duration kReconnectPause = absl::Seconds(1);
constexpr absl::Duration kConnectTime = absl::Seconds(1);

}  // namespace

Notifier::Notifier(std::string url)
    : url_(std::move(url)), interrupt_fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  thread_ = std::thread([this] { Loop(); });
}

Notifier::~Notifier() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  Interrupt();
  thread_.join();
  close(interrupt_fd_);
}

void Notifier::Interrupt() const {
  const uint64_t one = 1;
  // Full means that an interrupt is pending already.
  [[maybe_unused]] const ssize_t written = write(interrupt_fd_, &one, sizeof(one));
}

uint64_t Notifier::Told() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return told_;
}

uint64_t Notifier::Await(uint64_t told, absl::Time at_latest, std::function<void()> wake) {
  uint64_t token = 0;
  bool earliest = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (told != told_) at_latest = absl::InfinitePast();
    token = next_token_++;
    waiters_.emplace(token, Waiter{at_latest, std::move(wake)});
    due_.emplace(at_latest, token);
    earliest = due_.begin()->second == token;
  }
  if (earliest) Interrupt();
  return token;
}

void Notifier::Cancel(uint64_t token) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto found = waiters_.find(token);
  if (found != waiters_.end()) {
    due_.erase({found->second.at_latest, token});
    waiters_.erase(found);
    return;
  }
  // A wake that cancels itself must not wait for itself.
  if (std::this_thread::get_id() == thread_.get_id()) return;
  finished_.wait(lock, [this, token] { return running_ != token; });
}

void Notifier::WakeAll() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++told_;
    due_.clear();
    for (auto& [token, waiter] : waiters_) {
      waiter.at_latest = absl::InfinitePast();
      due_.emplace(waiter.at_latest, token);
    }
  }
  Interrupt();
}

absl::Time Notifier::NextDue() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first;
}

void Notifier::WakeDue(absl::Time now) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!due_.empty() && due_.begin()->first <= now && !stopped_) {
    const uint64_t token = due_.begin()->second;
    due_.erase(due_.begin());
    const auto found = waiters_.find(token);
    const std::function<void()> wake = std::move(found->second.wake);
    waiters_.erase(found);
    running_ = token;
    lock.unlock();
    wake();
    lock.lock();
    running_.reset();
    finished_.notify_all();
  }
}

void Notifier::Listen(std::unique_ptr<pg::Connection>& connection) {
  if (connection == nullptr && absl::Now() >= retry_at_) {
    auto opened = pg::Connection::Open(
        {.url = url_, .application_name = "vsv-notifier", .on_statement = nullptr},
        absl::Now() + kConnectTime);
    if (opened.ok() && (*opened)->Command("LISTEN vsv_feed", absl::Now() + kConnectTime).ok()) {
      connection = *std::move(opened);
      WakeAll();  // what happened meanwhile was not told
    }
    retry_at_ = absl::Now() + kReconnectPause;
  }
  if (connection == nullptr) {
    pg::AwaitSocket(interrupt_fd_, {.read = true}, std::min(NextDue(), retry_at_));
    return;
  }
  const auto told = connection->AwaitNotifications(NextDue(), interrupt_fd_);
  if (!told.ok()) {
    obs::Log(obs::Severity::kWarning, "feed notifications lost, will reconnect");
    connection.reset();
  } else if (!told->empty()) {
    WakeAll();
  }
}

void Notifier::Loop() {
  std::unique_ptr<pg::Connection> connection;
  while (true) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (stopped_) return;
    }
    Listen(connection);
    uint64_t drained = 0;
    [[maybe_unused]] const ssize_t count = read(interrupt_fd_, &drained, sizeof(drained));
    WakeDue(absl::Now());
  }
}

}  // namespace vsv::feed

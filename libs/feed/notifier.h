// Wakes the watchers of a server when the sequencer, here or in another instance, has numbered
// something.
#pragma once

#include "libs/rpc/watch.h"

#include "absl/time/time.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace vsv::pg {
class Connection;
}

namespace vsv::feed {

// One connection that LISTENs, one thread, any number of waiters. Without the database every waiter
// is still woken at its latest time. `url` must lead to PostgreSQL itself, not to a pooler.
// Thread-safe.
class Notifier : public rpc::WakeSource {
 public:
  explicit Notifier(std::string url);
  // Requires that no stream waits any more; wakes nobody.
  ~Notifier() override;
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  uint64_t Told() const override;
  uint64_t Await(uint64_t told, absl::Time at_latest, std::function<void()> wake) override;
  void Cancel(uint64_t token) override;

  // Wakes all waiters, as a notification does.
  void WakeAll();

 private:
  struct Waiter {
    absl::Time at_latest;
    std::function<void()> wake;
  };

  void Loop();
  // Until the next waiter is due, something was told, or a new waiter is due earlier.
  void Listen(std::unique_ptr<pg::Connection>& connection);
  // Calls the waiters that are due at `now`, one by one, without the lock.
  void WakeDue(absl::Time now);
  absl::Time NextDue();
  void Interrupt() const;

  const std::string url_;
  int interrupt_fd_;  // eventfd: ends the poll of the listening thread
  mutable std::mutex mutex_;
  std::condition_variable finished_;
  std::map<uint64_t, Waiter> waiters_;
  std::set<std::pair<absl::Time, uint64_t>> due_;  // the same waiters by time
  uint64_t next_token_ = 1;
  std::optional<uint64_t> running_;  // token whose wake runs now
  uint64_t told_ = 0;
  absl::Time retry_at_ = absl::InfinitePast();
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace vsv::feed

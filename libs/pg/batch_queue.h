// Who waits, who leads, who shares a batch: the part of the coalescer that knows no commands.
#pragma once

#include "libs/base/clock.h"

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace vsv::pg {

struct CoalescerOptions {
  int batches = 1;                            // at a time; each takes a connection
  int cap = 256;                              // commands in a batch
  absl::Duration longest = absl::Seconds(2);  // that a batch may take
  // Told of every batch that is formed, and how long each of its commands has waited; for metrics.
  std::function<void(int size)> on_batch;
  std::function<void(absl::Duration waited)> on_wait;
};

// What stays a command's own, whatever it shares a batch with.
struct Ticket {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;  // whether the caller has left; quick; empty = it never does
  // While a command is in a batch, others that share a key with it wait.
  std::vector<std::string> keys;
};

namespace internal {

// A message to one sleeping thread. The giver touches nothing of it after the thread has woken.
class Signal {
 public:
  enum class Message { kNone, kLead, kDone };

  void Give(Message message);
  // kNone when nothing came in time.
  Message Await(absl::Duration at_most);

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  Message message_ = Message::kNone;
};

// One command on its caller's stack, from Pass to its end.
struct Waiting {
  explicit Waiting(Ticket own) : ticket(std::move(own)) {}

  const Ticket ticket;
  absl::Time since;
  bool queued = false;   // under the queue's mutex
  absl::Status dropped;  // why it was never executed
  Signal signal;
};

// Leader and followers, without a thread or a timer of its own. A caller that finds fewer than
// `batches` at work leads: it takes all that wait (up to the cap) and executes them with its own
// command. The others sleep until their command is done, or until it is their turn to lead.
class BatchQueue {
 public:
  using Execute = std::function<void(absl::Span<Waiting* const> batch, absl::Time deadline)>;

  BatchQueue(const base::Clock& clock, CoalescerOptions options)
      : clock_(clock), options_(std::move(options)) {}

  // Waits for what waits and runs. Nobody may come any more.
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  // Has `own` executed, by this thread or another. On return nobody refers to it any more. Errors:
  // DEADLINE_EXCEEDED, CANCELLED when it was dropped before it was in a batch.
  absl::Status Pass(Waiting& own, const Execute& execute);

  int waiting() const;

 private:
  class Turn;

  // The caller holds mutex_ for all of these.
  bool IsFree(const Waiting& waiting) const;
  void TakeOut(Waiting& waiting);
  bool DropIfOver(Waiting& waiting);
  void AppointLeader();
  std::vector<Waiting*> Gather(Waiting& leader);
  absl::Time DeadlineOf(absl::Span<Waiting* const> batch) const;

  // Takes `own` out of the queue when it is too late; false when it is in a batch or may still
  // wait.
  bool GiveUp(Waiting& own);
  // How long it may sleep: in a batch it is waited for.
  absl::Duration Patience(const Waiting& own) const;
  void Lead(Waiting& leader, const Execute& execute);

  const base::Clock& clock_;
  const CoalescerOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable idle_;
  std::deque<Waiting*> queue_;  // whenever a batch more may run, all in it wait for keys
  int running_ = 0;             // batches at work, and leaders on their way
  std::unordered_multiset<std::string> held_;  // keys of commands that are taken out
};

}  // namespace internal
}  // namespace vsv::pg

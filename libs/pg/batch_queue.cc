#include "libs/pg/batch_queue.h"

#include "libs/errors/errors.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <utility>

namespace vsv::pg::internal {
namespace {

// Waits are cut to this, so that no deadline overflows the clock of the system.
constexpr absl::Duration kLongestSleep = absl::Hours(1);

}  // namespace

void Signal::Give(Message message) {
  const std::lock_guard<std::mutex> lock(mutex_);
  message_ = message;
  given_.notify_one();  // locked: the sleeper takes the signal with it when it leaves
}

Signal::Message Signal::Await(absl::Duration at_most) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto until = absl::ToChronoTime(absl::Now() + std::min(at_most, kLongestSleep));
  given_.wait_until(lock, until, [this] { return message_ != Message::kNone; });
  return message_;
}

// One batch from the gathering to the end, which comes whatever the execution does: the slot goes
// on to the next leader first, then the members are woken.
class BatchQueue::Turn {
 public:
  Turn(BatchQueue& queue, Waiting& leader) : queue_(queue), leader_(leader) {
    const std::lock_guard<std::mutex> lock(queue_.mutex_);
    batch_ = queue_.Gather(leader);
    deadline_ = queue_.DeadlineOf(batch_);
    queue_.AppointLeader();  // for what the cap has left
  }

  ~Turn() {
    {
      const std::lock_guard<std::mutex> lock(queue_.mutex_);
      for (const Waiting* member : batch_) {
        for (const std::string& key : member->ticket.keys)
          queue_.held_.erase(queue_.held_.find(key));
      }
      --queue_.running_;
      queue_.AppointLeader();
      if (queue_.running_ == 0 && queue_.queue_.empty()) queue_.idle_.notify_all();
    }
    for (Waiting* member : batch_) {
      if (member != &leader_) member->signal.Give(Signal::Message::kDone);
    }
  }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  const std::vector<Waiting*>& batch() const { return batch_; }

  absl::Time deadline() const { return deadline_; }

 private:
  BatchQueue& queue_;
  const Waiting& leader_;
  std::vector<Waiting*> batch_;
  absl::Time deadline_;
};

BatchQueue::~BatchQueue() {
  std::unique_lock<std::mutex> lock(mutex_);
  idle_.wait(lock, [this] { return running_ == 0 && queue_.empty(); });
}

absl::Status BatchQueue::Pass(Waiting& own, const Execute& execute) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    own.since = clock_.Now();
    own.queued = true;
    queue_.push_back(&own);
    AppointLeader();
  }
  Signal::Message message = own.signal.Await(own.ticket.deadline - clock_.Now());
  while (message == Signal::Message::kNone && !GiveUp(own)) {
    message = own.signal.Await(Patience(own));
  }
  if (message == Signal::Message::kLead) Lead(own, execute);
  return own.dropped;
}

int BatchQueue::waiting() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(queue_.size());
}

bool BatchQueue::IsFree(const Waiting& waiting) const {
  return std::none_of(waiting.ticket.keys.begin(), waiting.ticket.keys.end(),
                      [this](const std::string& key) { return held_.contains(key); });
}

void BatchQueue::TakeOut(Waiting& waiting) {
  waiting.queued = false;
  held_.insert(waiting.ticket.keys.begin(), waiting.ticket.keys.end());
}

bool BatchQueue::DropIfOver(Waiting& waiting) {
  if (clock_.Now() >= waiting.ticket.deadline) {
    waiting.dropped = errors::DeadlineExceeded();
  } else if (waiting.ticket.cancelled && waiting.ticket.cancelled()) {
    waiting.dropped = absl::CancelledError("the caller has left");
  }
  return !waiting.dropped.ok();
}

void BatchQueue::AppointLeader() {
  if (running_ == options_.batches) return;
  const auto next = std::find_if(queue_.begin(), queue_.end(),
                                 [this](const Waiting* waiting) { return IsFree(*waiting); });
  if (next == queue_.end()) return;
  Waiting& leader = **next;
  queue_.erase(next);
  TakeOut(leader);
  ++running_;
  leader.signal.Give(Signal::Message::kLead);
}

std::vector<Waiting*> BatchQueue::Gather(Waiting& leader) {
  std::vector<Waiting*> batch;
  std::deque<Waiting*> left;
  if (DropIfOver(leader)) {
    for (const std::string& key : leader.ticket.keys) held_.erase(held_.find(key));
  } else {
    batch.push_back(&leader);
  }
  for (Waiting* waiting : queue_) {
    if (static_cast<int>(batch.size()) == options_.cap || !IsFree(*waiting)) {
      left.push_back(waiting);
      continue;
    }
    if (DropIfOver(*waiting)) {
      waiting->queued = false;
      waiting->signal.Give(Signal::Message::kDone);
      continue;
    }
    TakeOut(*waiting);
    batch.push_back(waiting);
  }
  queue_ = std::move(left);
  return batch;
}

absl::Time BatchQueue::DeadlineOf(absl::Span<Waiting* const> batch) const {
  absl::Time last = absl::InfinitePast();
  for (const Waiting* member : batch) last = std::max(last, member->ticket.deadline);
  return std::min(last, clock_.Now() + options_.longest);
}

absl::Duration BatchQueue::Patience(const Waiting& own) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return own.queued ? own.ticket.deadline - clock_.Now() : kLongestSleep;
}

bool BatchQueue::GiveUp(Waiting& own) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!own.queued || !DropIfOver(own)) return false;
  queue_.erase(std::find(queue_.begin(), queue_.end(), &own));
  own.queued = false;
  if (running_ == 0 && queue_.empty()) idle_.notify_all();
  return true;
}

void BatchQueue::Lead(Waiting& leader, const Execute& execute) {
  const Turn turn(*this, leader);
  if (turn.batch().empty()) return;
  if (options_.on_batch) options_.on_batch(static_cast<int>(turn.batch().size()));
  if (options_.on_wait) {
    const absl::Time now = clock_.Now();
    for (const Waiting* member : turn.batch()) options_.on_wait(now - member->since);
  }
  execute(turn.batch(), turn.deadline());
}

}  // namespace vsv::pg::internal

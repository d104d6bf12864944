#include "libs/pg/coalescer.h"

#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

namespace vsv::pg {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using ::vsv::testing::IsOkAndHolds;
using ::vsv::testing::StatusIs;

constexpr absl::Duration kLongEnough = absl::Seconds(10);

// Lets threads through once it is open.
class Gate {
 public:
  void Open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  // False when it stayed shut.
  bool Pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, absl::ToChronoSeconds(kLongEnough), [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// Moved by hand, in a way that ThreadSanitizer sees.
class ManualClock : public base::Clock {
 public:
  absl::Time Now() const override {
    return absl::FromUnixSeconds(1'800'000'000) + absl::Seconds(seconds_.load());
  }

  void Advance(int seconds) { seconds_ += seconds; }

 private:
  std::atomic<int> seconds_ = 0;
};

// A coalescer of numbers that answers each with its text, and callers with a thread each. A batch
// that contains a number with a gate waits before it ends until the gate is open.
class CoalescerTest : public ::testing::Test {
 protected:
  using Numbers = Coalescer<int, std::string>;

  ~CoalescerTest() override {
    for (auto& [number, gate] : gates_) gate.Open();
    for (std::thread& thread : threads_) thread.join();
  }

  void Start(CoalescerOptions options) {
    options.on_batch = [this](int size) {
      const std::lock_guard<std::mutex> lock(mutex_);
      sizes_.push_back(size);
    };
    numbers_ = std::make_unique<Numbers>(
        clock_, options,
        [this](std::vector<int> batch, absl::Time deadline) { return Execute(batch, deadline); });
  }

  // Calls on a thread of its own, and returns when the call is executed.
  void Begin(int number, Ticket ticket = {}) {
    Call(number, std::move(ticket));
    AwaitBegun(number);
  }

  // The same, and returns when the call waits.
  void Queue(int number, Ticket ticket = {}) {
    const int waiting = numbers_->waiting();
    Call(number, std::move(ticket));
    const absl::Time latest = absl::Now() + kLongEnough;
    while (numbers_->waiting() == waiting && absl::Now() < latest) std::this_thread::yield();
    EXPECT_EQ(numbers_->waiting(), waiting + 1) << number << " does not wait";
  }

  void AwaitBegun(int number) {
    std::unique_lock<std::mutex> lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, absl::ToChronoSeconds(kLongEnough),
                                  [&] { return begun_.contains(number); }))
        << number << " was not executed";
  }

  absl::StatusOr<std::string> VerdictOn(int number) {
    std::unique_lock<std::mutex> lock(mutex_);
    const bool come = changed_.wait_for(lock, absl::ToChronoSeconds(kLongEnough),
                                        [&] { return verdicts_.contains(number); });
    return come ? verdicts_.at(number) : absl::DeadlineExceededError("nobody answered");
  }

  std::vector<int> sizes() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return sizes_;
  }

  std::vector<absl::Time> deadlines() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return deadlines_;
  }

  bool Executed(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return begun_.contains(number);
  }

  ManualClock clock_;
  std::map<int, Gate> gates_;             // set up before the calls
  std::set<int> poison_;                  // refused, alone
  std::optional<size_t> verdicts_given_;  // too few
  std::unique_ptr<Numbers> numbers_;

 private:
  void Call(int number, Ticket ticket) {
    threads_.emplace_back([this, number, ticket = std::move(ticket)] {
      const absl::StatusOr<std::string> verdict = numbers_->Do(number, ticket);
      const std::lock_guard<std::mutex> lock(mutex_);
      verdicts_.emplace(number, verdict);
      changed_.notify_all();
    });
  }

  std::vector<absl::StatusOr<std::string>> Execute(const std::vector<int>& batch,
                                                   absl::Time deadline) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      begun_.insert(batch.begin(), batch.end());
      deadlines_.push_back(deadline);
      changed_.notify_all();
    }
    std::vector<absl::StatusOr<std::string>> verdicts;
    for (const int number : batch) {
      if (const auto gate = gates_.find(number); gate != gates_.end()) {
        EXPECT_TRUE(gate->second.Pass()) << number;
      }
      verdicts.emplace_back(absl::StrCat("verdict on ", number));
      if (poison_.contains(number)) verdicts.back() = absl::InternalError("poison");
      if (clock_.Now() >= deadline) verdicts.back() = absl::DeadlineExceededError("");
    }
    if (verdicts_given_.has_value()) verdicts.resize(*verdicts_given_, std::string());
    return verdicts;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<int> sizes_;
  std::vector<absl::Time> deadlines_;
  std::set<int> begun_;
  std::map<int, absl::StatusOr<std::string>> verdicts_;
  std::vector<std::thread> threads_;
};

TEST_F(CoalescerTest, OneAloneIsABatchOfOneAtOnceOnItsOwnThread) {
  std::thread::id executor;
  Coalescer<int, int> alone(clock_, {}, [&](const std::vector<int>& batch, absl::Time) {
    executor = std::this_thread::get_id();
    return std::vector<absl::StatusOr<int>>(batch.begin(), batch.end());
  });
  for (int i = 0; i < 3; ++i) EXPECT_THAT(alone.Do(i, {}), IsOkAndHolds(i));
  EXPECT_EQ(executor, std::this_thread::get_id());
}

TEST_F(CoalescerTest, AllThatWaitWhileOneRunsFormOneBatchAndEachGetsItsOwnVerdict) {
  gates_[0];
  poison_ = {7};
  Start({});
  Begin(0);
  for (int i = 1; i <= 50; ++i) Queue(i);
  EXPECT_THAT(sizes(), ElementsAre(1));
  gates_[0].Open();
  for (int i = 0; i <= 50; ++i) {
    if (i == 7) {
      EXPECT_THAT(VerdictOn(i), StatusIs(absl::StatusCode::kInternal));
    } else {
      EXPECT_THAT(VerdictOn(i), IsOkAndHolds(absl::StrCat("verdict on ", i)));
    }
  }
  EXPECT_THAT(sizes(), ElementsAre(1, 50));
}

TEST_F(CoalescerTest, ABatchTakesNoMoreThanTheCapAndTheRestFollow) {
  gates_[0];
  Start({.cap = 4});
  Begin(0);
  for (int i = 1; i <= 10; ++i) Queue(i);
  gates_[0].Open();
  for (int i = 0; i <= 10; ++i) EXPECT_THAT(VerdictOn(i), IsOk());
  EXPECT_THAT(sizes(), ElementsAre(1, 4, 4, 2));
}

TEST_F(CoalescerTest, RunsAsManyBatchesAsItMay) {
  gates_[0];
  gates_[1];
  Start({.batches = 2});
  Begin(0);
  Begin(1);  // begins although 0 runs
  Queue(2);
  EXPECT_FALSE(Executed(2));
  gates_[1].Open();
  EXPECT_THAT(VerdictOn(2), IsOk());
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
}

// One batch ends and two can begin: waking one leader too few looks right and is not.
TEST_F(CoalescerTest, WakesEveryLeaderThatThereIsRoomFor) {
  gates_[0];
  gates_[10];  // neither ends before both have begun
  gates_[20];
  Start({.batches = 2, .cap = 1});
  Begin(0, {.keys = {"a", "b"}});
  Queue(10, {.keys = {"a"}});
  Queue(20, {.keys = {"b"}});
  gates_[0].Open();
  AwaitBegun(10);
  AwaitBegun(20);
  gates_[10].Open();
  gates_[20].Open();
  EXPECT_THAT(VerdictOn(10), IsOk());
  EXPECT_THAT(VerdictOn(20), IsOk());
}

TEST_F(CoalescerTest, AKeyThatIsUnderWayIsWaitedForAndHoldsUpNobodyElse) {
  gates_[0];
  gates_[3];
  Start({.batches = 2});
  Begin(0, {.keys = {"dossier/1", "request/1"}});
  Queue(1, {.keys = {"dossier/1"}});
  Queue(2, {.keys = {"request/1", "dossier/2"}});
  Begin(3, {.keys = {"dossier/3"}});  // overtakes 1 and 2
  gates_[3].Open();
  EXPECT_THAT(VerdictOn(3), IsOk());
  EXPECT_FALSE(Executed(1) || Executed(2));
  gates_[0].Open();
  EXPECT_THAT(VerdictOn(1), IsOk());
  EXPECT_THAT(VerdictOn(2), IsOk());
}

TEST_F(CoalescerTest, AKeyTwiceWaitsForTheNextBatch) {
  gates_[0];
  Start({});
  Begin(0);
  for (int i = 1; i <= 3; ++i) Queue(i, {.keys = {"the same"}});
  Queue(4, {.keys = {"another"}});
  gates_[0].Open();
  for (int i = 0; i <= 4; ++i) EXPECT_THAT(VerdictOn(i), IsOk());
  EXPECT_THAT(sizes(), ElementsAre(1, 2, 1, 1));
}

TEST_F(CoalescerTest, WhatExpiresInTheQueueIsNeverExecuted) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1, {.deadline = clock_.Now() + absl::Seconds(1)});
  Queue(2, {.deadline = clock_.Now() + absl::Seconds(1)});
  Queue(3);
  clock_.Advance(1);
  gates_[0].Open();
  EXPECT_THAT(VerdictOn(1), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(VerdictOn(2), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(VerdictOn(3), IsOk());
  EXPECT_FALSE(Executed(1) || Executed(2));
}

TEST_F(CoalescerTest, NobodySleepsPastItsDeadlineWhileOthersRun) {
  const base::SystemClock clock;
  Gate begun;
  Gate end;
  Coalescer<int, int> numbers(clock, {}, [&](const std::vector<int>& batch, absl::Time) {
    begun.Open();
    EXPECT_TRUE(end.Pass());
    return std::vector<absl::StatusOr<int>>(batch.begin(), batch.end());
  });
  std::thread first([&] { EXPECT_THAT(numbers.Do(0, {}), IsOkAndHolds(0)); });
  EXPECT_TRUE(begun.Pass());
  // Returns although the first has not ended, and cannot before.
  EXPECT_THAT(numbers.Do(1, {.deadline = clock.Now() + absl::Milliseconds(1)}),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(numbers.waiting(), 0);
  end.Open();
  first.join();
}

TEST_F(CoalescerTest, WhoseCallerHasLeftIsNeverExecuted) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1);
  Queue(2, {.cancelled = [] { return true; }});
  gates_[0].Open();
  EXPECT_THAT(VerdictOn(2), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(VerdictOn(1), IsOk());
  EXPECT_FALSE(Executed(2));
}

TEST_F(CoalescerTest, ALeaderThatIsTooLateStillLeads) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1, {.deadline = clock_.Now() + absl::Seconds(1)});  // first in the queue: it will lead
  Queue(2);
  clock_.Advance(1);
  gates_[0].Open();
  EXPECT_THAT(VerdictOn(1), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(VerdictOn(2), IsOk());
  EXPECT_FALSE(Executed(1));
}

TEST_F(CoalescerTest, AShortDeadlineDoesNotCutTheTimeOfNeighbours) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1, {.deadline = clock_.Now() + absl::Seconds(1)});
  Queue(2, {.deadline = clock_.Now() + absl::Seconds(60)});
  gates_[0].Open();
  EXPECT_THAT(VerdictOn(2), IsOk());
  EXPECT_THAT(deadlines(), Each(clock_.Now() + absl::Seconds(2)));
}

// A caller that has time left when the batch has none may try again.
TEST_F(CoalescerTest, ABatchRunsUnderItsOwnCap) {
  const absl::Time now = clock_.Now();
  std::vector<absl::Time> deadlines;
  Coalescer<int, int> numbers(clock_, {}, [&](const std::vector<int>& batch, absl::Time deadline) {
    deadlines.push_back(deadline);
    if (batch.front() == 3) clock_.Advance(2);
    return std::vector<absl::StatusOr<int>>(batch.size(), absl::DeadlineExceededError(""));
  });
  EXPECT_THAT(numbers.Do(1, {.deadline = now + absl::Seconds(60)}), HasReason("OVERLOADED"));
  EXPECT_THAT(numbers.Do(2, {.deadline = now + absl::Seconds(1)}), HasReason("OVERLOADED"));
  EXPECT_THAT(numbers.Do(3, {.deadline = now + absl::Seconds(1)}),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(deadlines,
              ElementsAre(now + absl::Seconds(2), now + absl::Seconds(1), now + absl::Seconds(1)));
}

TEST_F(CoalescerTest, WhateverABatchDoesNobodyIsLeftWaiting) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1);
  Queue(2);
  verdicts_given_ = 1;
  gates_[0].Open();
  // Who of the two leads gets the one verdict.
  EXPECT_THAT(VerdictOn(0), IsOk());
  EXPECT_NE(VerdictOn(1).ok(), VerdictOn(2).ok());
  Gate begun;
  Gate end;
  Coalescer<int, int> throwing(clock_, {}, [&](const std::vector<int>& batch, absl::Time) {
    if (batch.front() == 0) {
      begun.Open();
      EXPECT_TRUE(end.Pass());
    } else {
      throw std::runtime_error("out of the house");
    }
    return std::vector<absl::StatusOr<int>>(batch.begin(), batch.end());
  });
  std::atomic<int> thrown = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  callers.emplace_back([&] { EXPECT_THAT(throwing.Do(0, {}), IsOk()); });
  EXPECT_TRUE(begun.Pass());
  for (int i = 1; i <= 3; ++i) {
    callers.emplace_back([&, i] {
      try {
        if (absl::IsInternal(throwing.Do(i, {}).status())) ++refused;
      } catch (const std::runtime_error&) {
        ++thrown;
      }
    });
  }
  while (throwing.waiting() < 3) std::this_thread::yield();
  end.Open();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(thrown, 1);
  EXPECT_EQ(refused, 2);
  EXPECT_THAT(throwing.Do(0, {}), IsOkAndHolds(0));
}

TEST_F(CoalescerTest, EndsOnlyAfterWhatItExecutes) {
  gates_[0];
  Start({});
  Begin(0);
  Queue(1);
  Gate ending;
  std::thread end([&] {
    ending.Open();
    numbers_.reset();
    EXPECT_TRUE(Executed(1));
  });
  EXPECT_TRUE(ending.Pass());
  gates_[0].Open();
  end.join();
}

TEST_F(CoalescerTest, UnderManyThreadsEveryVerdictIsTheCallersAndNoKeyRunsTwiceAtATime) {
  constexpr int kThreads = 16;
  constexpr int kCalls = 300;
  constexpr int kKeys = 20;
  std::atomic<int> at_work = 0;
  std::vector<std::atomic<int>> busy(kKeys);
  std::mutex mutex;
  std::vector<size_t> sizes;
  const base::SystemClock clock;
  Coalescer<int, int> numbers(clock, {.batches = 2, .cap = 5},
                              [&](const std::vector<int>& batch, absl::Time) {
                                EXPECT_LE(++at_work, 2);
                                std::vector<absl::StatusOr<int>> verdicts;
                                for (const int number : batch)
                                  EXPECT_EQ(++busy[static_cast<size_t>(number % kKeys)], 1);
                                for (const int number : batch) verdicts.emplace_back(-number);
                                for (const int number : batch)
                                  --busy[static_cast<size_t>(number % kKeys)];
                                --at_work;
                                const std::lock_guard<std::mutex> lock(mutex);
                                sizes.push_back(batch.size());
                                return verdicts;
                              });
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int call = 0; call < kCalls; ++call) {
        const int number = thread + call * kThreads;
        const bool hurried = call % 10 == 0;
        const auto verdict = numbers.Do(
            number, {.deadline = clock.Now() + (hurried ? absl::Microseconds(20) : kLongEnough),
                     .keys = {absl::StrCat(number % kKeys)}});
        if (verdict.ok()) {
          EXPECT_EQ(*verdict, -number);
        } else {
          EXPECT_TRUE(hurried) << verdict.status();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(sizes, Each(Le(5u)));
  EXPECT_EQ(numbers.waiting(), 0);
}

}  // namespace
}  // namespace vsv::pg

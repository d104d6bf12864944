#include "libs/rpc/worker_pool.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace vsv::rpc {
namespace {

TEST(WorkerPool, RunsWhatItTakes) {
  const base::SystemClock clock;
  std::atomic<int> ran = 0;
  {
    WorkerPool pool("test", 3, 100, clock);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(pool.TrySubmit([&ran] { ++ran; }));
  }
  EXPECT_EQ(ran, 200);
}

TEST(WorkerPool, StepsBackFromThePriorityThatTheServerWasGiven) {
  constexpr int kLeast = 19;  // niceness of the lowest priority
  const base::SystemClock clock;
  const auto self = [] { return static_cast<id_t>(syscall(SYS_gettid)); };
  const auto niceness = [&] { return getpriority(PRIO_PROCESS, self()); };
  std::thread server([&] {
    ASSERT_EQ(setpriority(PRIO_PROCESS, self(), niceness() + 8), 0);
    std::promise<int> found;
    WorkerPool pool("test", 1, 1, clock);
    ASSERT_TRUE(pool.TrySubmit([&] { found.set_value(niceness()); }));
    EXPECT_GE(found.get_future().get(), std::min(niceness() + 1, kLeast));
  });
  server.join();
}

TEST(WorkerPool, RefusesWhatExceedsItsQueue) {
  const base::SystemClock clock;
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> started[2];
  WorkerPool pool("test", 2, 2, clock);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(pool.TrySubmit([&started, released, i] {
      started[i].set_value();
      released.wait();
    }));
  }
  for (std::promise<void>& one : started) one.get_future().wait();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.TrySubmit([] {}));
  EXPECT_FALSE(pool.TrySubmit([] {}));
  EXPECT_EQ(pool.queued(), 4);
  release.set_value();
}

TEST(WorkerPool, TakesUrgentTasksWhenItsQueueIsFullAndBeginsThemFirst) {
  const base::SystemClock clock;
  std::promise<void> release;
  std::promise<void> started;
  std::string order;
  {
    WorkerPool pool("test", 1, 2, clock);
    ASSERT_TRUE(pool.TrySubmit([&] {
      started.set_value();
      release.get_future().wait();
    }));
    started.get_future().wait();
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(pool.TrySubmit([&order] { order += 'o'; }));
    EXPECT_FALSE(pool.TrySubmit([] {}));
    for (int i = 0; i < 3; ++i)
      EXPECT_TRUE(pool.TrySubmit([&order] { order += 'u'; }, Urgency::kUrgent));
    EXPECT_EQ(pool.queued(), 5);
    release.set_value();
  }
  EXPECT_EQ(order, "uuuoo");
}

TEST(WorkerPool, RefusesEvenUrgentTasksBeforeTheQueueBecomesTheDanger) {
  const base::SystemClock clock;
  std::promise<void> release;
  std::promise<void> started;
  WorkerPool pool("test", 1, 2, clock);
  ASSERT_TRUE(pool.TrySubmit([&] {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(pool.TrySubmit([] {}, Urgency::kUrgent));
  EXPECT_FALSE(pool.TrySubmit([] {}, Urgency::kUrgent));
  release.set_value();
}

// Forty tasks wait while two minutes pass; then nothing more is taken that has little time.
TEST(WorkerPool, RefusesWhatWouldHardlyEndInTimeAtThePaceOfTheOthers) {
  constexpr int kCrowd = 40;
  constexpr absl::Duration kTime = absl::Seconds(1);
  base::FakeClock clock(absl::UnixEpoch());
  WorkerPool pool("test", 1, 100, clock);
  const auto let_a_crowd_wait = [&](absl::Duration passes) {
    std::promise<void> release;
    std::promise<void> started;
    std::promise<void> done;
    ASSERT_TRUE(pool.TrySubmit([&] {
      started.set_value();
      release.get_future().wait();
    }));
    started.get_future().wait();
    for (int i = 1; i < kCrowd; ++i) ASSERT_TRUE(pool.TrySubmit([] {}));
    ASSERT_TRUE(pool.TrySubmit([&done] { done.set_value(); }));
    clock.Advance(passes);
    release.set_value();
    done.get_future().wait();
  };
  EXPECT_TRUE(pool.HasRoom(Urgency::kOrdinary, kTime));
  let_a_crowd_wait(absl::Minutes(2));
  // A few are always begun.
  EXPECT_TRUE(pool.HasRoom(Urgency::kOrdinary, kTime));

  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  for (int i = 0; i < kCrowd; ++i) {
    ASSERT_TRUE(pool.TrySubmit([released] { released.wait(); }));
  }
  EXPECT_FALSE(pool.HasRoom(Urgency::kOrdinary, kTime));
  EXPECT_FALSE(pool.TrySubmit([] {}, Urgency::kOrdinary, kTime));
  EXPECT_TRUE(pool.TrySubmit([] {}, Urgency::kOrdinary, absl::Hours(1)));
  EXPECT_TRUE(pool.TrySubmit([] {}, Urgency::kUrgent, kTime));
  release.set_value();
}

}  // namespace
}  // namespace vsv::rpc

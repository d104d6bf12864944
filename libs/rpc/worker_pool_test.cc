#include "libs/rpc/worker_pool.h"

#include "gtest/gtest.h"

#include <atomic>
#include <future>

namespace vsv::rpc {
namespace {

TEST(WorkerPool, RunsWhatItTakes) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool("test", 3, 100);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(pool.TrySubmit([&ran] { ++ran; }));
  }
  EXPECT_EQ(ran, 200);
}

TEST(WorkerPool, RefusesWhatExceedsItsQueue) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> started[2];
  WorkerPool pool("test", 2, 2);
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
  std::promise<void> release;
  std::promise<void> started;
  std::string order;
  {
    WorkerPool pool("test", 1, 2);
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
  std::promise<void> release;
  std::promise<void> started;
  WorkerPool pool("test", 1, 2);
  ASSERT_TRUE(pool.TrySubmit([&] {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(pool.TrySubmit([] {}, Urgency::kUrgent));
  EXPECT_FALSE(pool.TrySubmit([] {}, Urgency::kUrgent));
  release.set_value();
}

}  // namespace
}  // namespace vsv::rpc

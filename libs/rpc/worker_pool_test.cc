#include "libs/rpc/worker_pool.h"

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"

#include <atomic>

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
  absl::Notification release;
  absl::BlockingCounter started(2);
  WorkerPool pool("test", 2, 2);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(pool.TrySubmit([&] {
      started.DecrementCount();
      release.WaitForNotification();
    }));
  }
  started.Wait();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.TrySubmit([] {}));
  EXPECT_FALSE(pool.TrySubmit([] {}));
  EXPECT_EQ(pool.queued(), 4);
  release.Notify();
}

}  // namespace
}  // namespace vsv::rpc

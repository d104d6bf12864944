#include "libs/rpc/worker_pool.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <future>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace vsv::rpc {
namespace {

// To this thread and those that it begins, as systemd does it to a process.
bool ForbidSetpriority() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setpriority, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter = {std::size(program), program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

// By the lines of the unit, of which a later one changes what the earlier ones left: the call
// itself, or a set of systemd that it is in.
bool UnitAllowsSetpriority(std::istream& unit) {
  bool allowed = false;
  for (std::string line; std::getline(unit, line);) {
    absl::string_view calls = line;
    if (!absl::ConsumePrefix(&calls, "SystemCallFilter=")) continue;
    const bool forbids = absl::ConsumePrefix(&calls, "~");
    for (const absl::string_view call : absl::StrSplit(calls, ' ', absl::SkipEmpty())) {
      if (call == "setpriority" || call == "@resources" || call == "@system-service")
        allowed = !forbids;
    }
  }
  return allowed;
}

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

TEST(WorkerPool, SaysOnceThatItMayNotStepBackAndWorksOn) {
  constexpr char kEvent[] = "workers cannot step back";
  const base::SystemClock clock;
  std::atomic<int> ran = 0;
  testing::internal::CaptureStdout();
  std::thread server([&] {
    ASSERT_TRUE(ForbidSetpriority());
    WorkerPool pool("test", 4, 4, clock);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(pool.TrySubmit([&ran] { ++ran; }));
  });
  server.join();
  const std::string log = testing::internal::GetCapturedStdout();
  EXPECT_EQ(std::vector<std::string>(absl::StrSplit(log, kEvent)).size(), 2u) << log;
  EXPECT_TRUE(absl::StrContains(log, "WARNING")) << log;
  EXPECT_EQ(ran, 4);
}

TEST(WorkerPool, IsAllowedToStepBackByTheUnitOfProduction) {
  std::ifstream unit("deploy/systemd/vsv@.service");
  ASSERT_TRUE(unit);
  EXPECT_TRUE(UnitAllowsSetpriority(unit));
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

#include "libs/feed/notifier.h"

#include "libs/feed/testing_feed.h"

#include "absl/synchronization/notification.h"

#include <atomic>
#include <thread>

namespace vsv::feed {
namespace {

class FeedNotifier : public FeedTest {
 protected:
  absl::Time Later() { return absl::Now() + absl::Seconds(30); }

  // Until the notifier listens, and has told of what it may have missed `before` it did.
  void AwaitListening(uint64_t before = 0) {
    while (database_->Superuser(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vsv-notifier' AND "
               "datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'")[0] ==
           "0") {
      absl::SleepFor(absl::Milliseconds(5));
    }
    AwaitTold(before);
  }

  void AwaitTold(uint64_t before) {
    const absl::Time give_up = Later();
    while (notifier_->Told() == before && absl::Now() < give_up)
      absl::SleepFor(absl::Milliseconds(5));
  }

  std::unique_ptr<Notifier> notifier_ = std::make_unique<Notifier>(database_->app_url());
};

TEST_F(FeedNotifier, WakesWhenTheSequencerHasNumberedSomething) {
  AwaitListening();
  absl::Notification woken;
  notifier_->Await(notifier_->Told(), Later(), [&] { woken.Notify(); });
  EXPECT_FALSE(woken.WaitForNotificationWithTimeout(absl::Milliseconds(100)));
  Change("16");
  Sequence();
  EXPECT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

TEST_F(FeedNotifier, WhatCameBetweenALookAndTheWaitIsNotMissed) {
  AwaitListening();
  const uint64_t before = notifier_->Told();
  Change("16");
  Sequence();
  AwaitTold(before);
  absl::Notification woken;
  notifier_->Await(before, Later(), [&] { woken.Notify(); });
  EXPECT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(20)));
  absl::Notification again;
  notifier_->Await(notifier_->Told(), Later(), [&] { again.Notify(); });
  EXPECT_FALSE(again.WaitForNotificationWithTimeout(absl::Milliseconds(100)));
}

TEST_F(FeedNotifier, WakesAtTheLatestTimeAndOnlyOnce) {
  AwaitListening();
  std::atomic<int> wakes{0};
  const absl::Time start = absl::Now();
  absl::Notification woken;
  notifier_->Await(notifier_->Told(), start + absl::Milliseconds(150), [&] {
    if (++wakes == 1) woken.Notify();
  });
  ASSERT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(20)));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(149));
  notifier_->WakeAll();
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(wakes.load(), 1);
}

TEST_F(FeedNotifier, ACancelledWaiterIsNotWoken) {
  AwaitListening();
  std::atomic<int> wakes{0};
  const uint64_t token = notifier_->Await(notifier_->Told(), Later(), [&] { ++wakes; });
  notifier_->Cancel(token);
  notifier_->WakeAll();
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(wakes.load(), 0);
  notifier_->Cancel(token);      // again, and
  notifier_->Cancel(123456789);  // one that never was
}

// A stream that ends while it begins to wait has been told no token yet.
TEST_F(FeedNotifier, WhoHasNoTokenYetWaitsForNobody) {
  AwaitListening();
  notifier_->Cancel(0);
}

TEST_F(FeedNotifier, CancelWaitsForAWakeThatIsRunning) {
  absl::Notification started;
  std::atomic<bool> finished{false};
  const uint64_t token = notifier_->Await(notifier_->Told(), absl::Now(), [&] {
    started.Notify();
    absl::SleepFor(absl::Milliseconds(200));
    finished = true;
  });
  started.WaitForNotification();
  notifier_->Cancel(token);
  EXPECT_TRUE(finished.load());
}

TEST_F(FeedNotifier, AWakeMayCancelItselfAndAwaitAgain) {
  absl::Notification second;
  std::atomic<uint64_t> token{0};
  token = notifier_->Await(notifier_->Told(), absl::Now() + absl::Milliseconds(20), [&] {
    notifier_->Cancel(token);
    notifier_->Await(notifier_->Told(), absl::Now(), [&] { second.Notify(); });
  });
  EXPECT_TRUE(second.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

TEST_F(FeedNotifier, ListensAgainAfterItsConnectionWasLost) {
  AwaitListening();
  const uint64_t before = notifier_->Told();
  database_->Superuser(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
      "'vsv-notifier' AND "
      "datname = current_database()");
  absl::SleepFor(absl::Milliseconds(50));
  AwaitListening(before);
  absl::Notification woken;
  notifier_->Await(notifier_->Told(), Later(), [&] { woken.Notify(); });
  Change("16");
  Sequence();
  EXPECT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

TEST_F(FeedNotifier, WakesAtTheLatestTimeWithoutADatabase) {
  Notifier lonely("host=/nonexistent-directory");
  absl::Notification woken;
  lonely.Await(lonely.Told(), absl::Now() + absl::Milliseconds(100), [&] { woken.Notify(); });
  EXPECT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

TEST_F(FeedNotifier, ManyWaitersComeAndGoAtOnce) {
  std::atomic<int> wakes{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 500; ++n) {
        const uint64_t token = notifier_->Await(
            notifier_->Told(), absl::Now() + absl::Microseconds(100 * (n % 7)), [&] { ++wakes; });
        if ((n + i) % 3 == 0) notifier_->Cancel(token);
        if (n % 100 == 0) notifier_->WakeAll();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const absl::Time give_up = absl::Now() + absl::Seconds(20);
  while (wakes.load() < 1300 && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_GE(wakes.load(), 1300);
  EXPECT_LE(wakes.load(), 2000);
}

}  // namespace
}  // namespace vsv::feed

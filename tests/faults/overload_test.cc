// The judge of overload against runs that break each promise.
#include "tests/faults/overload.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<LoadSecond> Good() {
  const LoadSecond peak{Phase::kPeak, 100, 100};
  const LoadSecond overload{Phase::kOverload, 500, 80, 400, 15, 0, 5, 0};
  return {peak,
          peak,
          peak,
          overload,
          overload,
          overload,
          {Phase::kRecovery, 50, 20, 30},
          {Phase::kRecovery, 50, 50}};
}

TEST(JudgeOverload, PassesAServiceThatKeepsItsPromises) {
  const OverloadReport report = JudgeOverload(Good());
  EXPECT_THAT(report.broken, IsEmpty());
  EXPECT_EQ(report.peak, 100);
  EXPECT_EQ(report.goodput, 85);
  EXPECT_EQ(report.recovery_seconds, 2);
}

TEST(JudgeOverload, TellsAGoodputThatCollapses) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kOverload) second.done = 74;
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("goodput 79")));
}

TEST(JudgeOverload, TellsAPeakAtWhichNothingIsDone) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kPeak) second.done = 0;
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("nothing was done at peak")));
}

TEST(JudgeOverload, TellsALoadThatIsNone) {
  EXPECT_THAT(JudgeOverload(Good(), {.factor = 6}).broken, ElementsAre(HasSubstr("no overload")));
}

TEST(JudgeOverload, TellsAWithdrawalOrErasureThatWasLost) {
  std::vector<LoadSecond> seconds = Good();
  seconds[4].lost = 1;
  EXPECT_THAT(JudgeOverload(seconds).broken,
              ElementsAre(HasSubstr("1 of 16 withdrawals and erasures were shed")));
}

TEST(JudgeOverload, TellsWhenMoreIsLostThanMayBe) {
  std::vector<LoadSecond> seconds = Good();
  seconds[4].lost = 5;
  EXPECT_THAT(JudgeOverload(seconds, {.lost_share = 0.25}).broken, IsEmpty());
  seconds[5].lost = 1;
  EXPECT_THAT(JudgeOverload(seconds, {.lost_share = 0.25}).broken,
              ElementsAre(HasSubstr("6 of 21 withdrawals and erasures were shed")));
}

TEST(JudgeOverload, TellsThatNobodyTookAnythingBack) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds) second.taken_back = 0;
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kOverload) second.done += 5;
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("nothing was taken back")));
}

TEST(JudgeOverload, TellsFailuresOfAnotherKind) {
  std::vector<LoadSecond> seconds = Good();
  seconds[3].failed = 2;
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("2 calls failed")));
}

TEST(JudgeOverload, TellsAServiceThatDoesNotRecover) {
  std::vector<LoadSecond> seconds = Good();
  seconds.pop_back();
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("not recovered")));
  for (int i = 0; i < 10; ++i) seconds.push_back({Phase::kRecovery, 50, 20, 30});
  seconds.push_back({Phase::kRecovery, 50, 50});
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("not recovered")));
}

// A service that falls back has not recovered, however well it began.
TEST(JudgeOverload, TellsAServiceThatDoesNotStayRecovered) {
  std::vector<LoadSecond> seconds = Good();
  seconds.push_back({Phase::kRecovery, 50, 0, 50});
  EXPECT_THAT(JudgeOverload(seconds).broken, ElementsAre(HasSubstr("not recovered")));
  seconds.push_back({Phase::kRecovery, 50, 50});
  const OverloadReport report = JudgeOverload(seconds);
  EXPECT_THAT(report.broken, IsEmpty());
  EXPECT_EQ(report.recovery_seconds, 4);
}

TEST(JudgeOverload, TellsThatNobodyLookedAtTheRecovery) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kRecovery) second.phase = Phase::kPeak;
  EXPECT_EQ(JudgeOverload(seconds).recovery_seconds, -1);
}

// What is left of an overload is answered after its end. Counted there, it would pass for recovery.
TEST(JudgeOverload, TellsAServiceThatOnlyWorksOffWhatTheOverloadLeft) {
  LoadSeconds load;
  load.Enter(Phase::kOverload);
  std::vector<Phase> left;
  for (int i = 0; i < 1000; ++i) left.push_back(load.Begin(false));
  load.Close();
  load.Enter(Phase::kRecovery);
  for (int second = 0; second < 10; ++second) {
    for (int i = 0; i < 50; ++i) load.End(load.Begin(false), false, Ending::kShed);
    for (int i = 0; i < 100; ++i, left.pop_back()) load.End(left.back(), false, Ending::kDone);
    load.Close();
  }
  EXPECT_TRUE(left.empty());
  EXPECT_EQ(JudgeOverload(load.Closed()).recovery_seconds, -1);
}

TEST(LoadSeconds, CountACallInThePhaseInWhichItBegan) {
  LoadSeconds load;
  load.Enter(Phase::kOverload);
  const Phase overload = load.Begin(false);
  load.Begin(true);
  load.End(load.Begin(false), false, Ending::kDone);
  load.Close();
  load.Enter(Phase::kRecovery);
  const Phase recovery = load.Begin(false);
  for (const Ending ending : {Ending::kDone, Ending::kShed, Ending::kLate})
    load.End(overload, false, ending);
  load.End(overload, true, Ending::kDone);
  load.End(recovery, false, Ending::kLate);
  load.Close();
  const std::vector<LoadSecond> seconds = load.Closed();
  ASSERT_EQ(seconds.size(), 2u);
  EXPECT_EQ(ToRow(seconds[0]), ToRow({Phase::kOverload, 2, 1}));
  EXPECT_EQ(ToRow(seconds[1]), ToRow({Phase::kRecovery, 1, 0, 0, 1}));
}

// What went wrong is never passed over, whenever it ended.
TEST(LoadSeconds, CountWhatWentWrongToTheEnd) {
  LoadSeconds load;
  load.Enter(Phase::kPeak);
  const Phase peak = load.Begin(false);
  load.Close();
  load.End(peak, false, Ending::kFailed);  // between the phases
  load.Enter(Phase::kRecovery);
  load.End(peak, true, Ending::kShed);
  load.Close();
  load.End(peak, true, Ending::kLate);  // after the last second
  load.End(peak, false, Ending::kFailed);
  const std::vector<LoadSecond> seconds = load.Closed();
  ASSERT_EQ(seconds.size(), 2u);
  EXPECT_EQ(ToRow(seconds[1]), ToRow({Phase::kRecovery, 0, 0, 0, 0, 2, 0, 2}));
}

TEST(LoadSecondRow, IsReadAsItWasWritten) {
  const LoadSecond written{Phase::kOverload, 1, 2, 3, 4, 5, 6, 7};
  LoadSecond read;
  ASSERT_TRUE(FromRow(ToRow(written), read));
  EXPECT_EQ(ToRow(read), ToRow(written));
  EXPECT_FALSE(FromRow({"peak", "1"}, read));
  EXPECT_FALSE(FromRow({"noon", "1", "2", "3", "4", "5", "6", "7"}, read));
}

}  // namespace
}  // namespace vsv::faults

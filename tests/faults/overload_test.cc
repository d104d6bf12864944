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
  const OverloadReport report = JudgeOverload(Good(), 5);
  EXPECT_THAT(report.broken, IsEmpty());
  EXPECT_EQ(report.peak, 100);
  EXPECT_EQ(report.goodput, 85);
  EXPECT_EQ(report.recovery_seconds, 2);
}

TEST(JudgeOverload, TellsAGoodputThatCollapses) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kOverload) second.done = 74;
  EXPECT_THAT(JudgeOverload(seconds, 5).broken, ElementsAre(HasSubstr("goodput 79")));
}

TEST(JudgeOverload, TellsALoadThatIsNone) {
  EXPECT_THAT(JudgeOverload(Good(), 6).broken, ElementsAre(HasSubstr("no overload")));
}

TEST(JudgeOverload, TellsAWithdrawalOrErasureThatWasLost) {
  std::vector<LoadSecond> seconds = Good();
  seconds[4].lost = 1;
  EXPECT_THAT(JudgeOverload(seconds, 5).broken,
              ElementsAre(HasSubstr("1 withdrawals and erasures were shed")));
}

TEST(JudgeOverload, TellsThatNobodyTookAnythingBack) {
  std::vector<LoadSecond> seconds = Good();
  for (LoadSecond& second : seconds) second.taken_back = 0;
  for (LoadSecond& second : seconds)
    if (second.phase == Phase::kOverload) second.done += 5;
  EXPECT_THAT(JudgeOverload(seconds, 5).broken, ElementsAre(HasSubstr("nothing was taken back")));
}

TEST(JudgeOverload, TellsFailuresOfAnotherKind) {
  std::vector<LoadSecond> seconds = Good();
  seconds[3].failed = 2;
  EXPECT_THAT(JudgeOverload(seconds, 5).broken, ElementsAre(HasSubstr("2 calls failed")));
}

TEST(JudgeOverload, TellsAServiceThatDoesNotRecover) {
  std::vector<LoadSecond> seconds = Good();
  seconds.pop_back();
  EXPECT_THAT(JudgeOverload(seconds, 5).broken, ElementsAre(HasSubstr("not recovered")));
  for (int i = 0; i < 10; ++i) seconds.push_back({Phase::kRecovery, 50, 20, 30});
  seconds.push_back({Phase::kRecovery, 50, 50});
  EXPECT_THAT(JudgeOverload(seconds, 5).broken, ElementsAre(HasSubstr("not recovered")));
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

#include "libs/rpc/pace.h"

#include "gtest/gtest.h"

namespace vsv::rpc {
namespace {

void See(Pace& pace, int calls, int among, absl::Duration took) {
  for (int i = 0; i < calls; ++i) pace.Saw(among, took);
}

TEST(Pace, ExpectsNothingBadBeforeItHasSeenACrowd) {
  Pace pace;
  EXPECT_EQ(pace.Expect(10'000), absl::ZeroDuration());
  See(pace, 1000, Pace::kFew - 1, absl::Seconds(5));
  EXPECT_EQ(pace.Expect(10'000), absl::ZeroDuration());
}

TEST(Pace, ExpectsOfALargerCrowdThatItTakesLonger) {
  Pace pace;
  See(pace, 1000, 100, absl::Milliseconds(200));
  EXPECT_NEAR(absl::ToDoubleMilliseconds(pace.Expect(100)), 200, 1);
  EXPECT_NEAR(absl::ToDoubleMilliseconds(pace.Expect(300)), 600, 3);
}

TEST(Pace, NeverRefusesAFew) {
  Pace pace;
  See(pace, 1000, 100, absl::Seconds(60));
  EXPECT_EQ(pace.Expect(Pace::kFew - 1), absl::ZeroDuration());
}

TEST(Pace, FollowsADatabaseThatBecomesSlowAndQuickAgain) {
  Pace pace;
  See(pace, 1000, 100, absl::Milliseconds(100));
  See(pace, 200, 100, absl::Seconds(1));
  EXPECT_GT(pace.Expect(100), absl::Milliseconds(900));
  See(pace, 400, 50, absl::Milliseconds(50));
  EXPECT_LT(pace.Expect(100), absl::Milliseconds(110));
}

// Else nobody beyond a few would ever be let in again to tell that the bad hour is over.
TEST(Pace, ForgetsABadHourByTheFewThatItLetIn) {
  Pace pace;
  See(pace, 1000, 100, absl::Seconds(60));
  See(pace, 1000, 20, absl::Milliseconds(40));
  EXPECT_LT(pace.Expect(100), absl::Milliseconds(210));
}

// Calls that are parked for something of their own say nothing about those that pass them.
TEST(Pace, ExpectsAShortTimeBesideCallsThatAreParked) {
  Pace pace;
  See(pace, 1000, 60, absl::Milliseconds(5));
  EXPECT_LT(pace.Expect(61), absl::Milliseconds(6));
}

}  // namespace
}  // namespace vsv::rpc

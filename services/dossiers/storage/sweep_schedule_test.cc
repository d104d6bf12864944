#include "services/dossiers/storage/sweep_schedule.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include <string>

namespace vsv::dossiers {
namespace {

class Schedule : public ::testing::Test {
 protected:
  absl::Time After(absl::Duration time) const { return start_ + time; }

  // Begins and ends a pass at once if one is due.
  bool Sweeps(const std::string& circumstances, absl::Duration time) {
    const bool due = schedule_.IsDue(circumstances, After(time));
    if (due) schedule_.Passed(After(time));
    return due;
  }

  const absl::Time start_ = absl::FromUnixSeconds(1'700'000'000);
  SweepSchedule schedule_;
};

TEST_F(Schedule, BeginsWithAPassAndIsQuietWhileNothingChanges) {
  EXPECT_TRUE(Sweeps("a", absl::Seconds(0)));
  EXPECT_FALSE(Sweeps("a", absl::Seconds(5)));
  EXPECT_FALSE(Sweeps("a", SweepSchedule::kLongestCall - absl::Seconds(1)));
}

TEST_F(Schedule, LooksAgainForWhatWasJudgedBeforeTheChangeAndWrittenAfterThePass) {
  EXPECT_TRUE(Sweeps("a", absl::Seconds(0)));
  EXPECT_TRUE(Sweeps("a", SweepSchedule::kLongestCall));
  EXPECT_FALSE(Sweeps("a", SweepSchedule::kLongestCall + absl::Seconds(5)));
  EXPECT_TRUE(Sweeps("b", absl::Minutes(10)));
  EXPECT_FALSE(Sweeps("b", absl::Minutes(11)));
  EXPECT_TRUE(Sweeps("b", absl::Minutes(10) + SweepSchedule::kLongestCall));
}

TEST_F(Schedule, APassThatFailedIsDueAgain) {
  EXPECT_TRUE(schedule_.IsDue("a", After(absl::Seconds(0))));
  EXPECT_TRUE(schedule_.IsDue("a", After(absl::Seconds(5))));
  schedule_.Passed(After(absl::Seconds(5)));
  EXPECT_FALSE(schedule_.IsDue("a", After(absl::Seconds(10))));
}

TEST_F(Schedule, APassThatBeganBeforeAChangeDoesNotCountForIt) {
  EXPECT_TRUE(schedule_.IsDue("a", After(absl::Seconds(0))));
  EXPECT_TRUE(schedule_.IsDue("b", After(absl::Seconds(5))));
  schedule_.Passed(After(absl::Seconds(0)));
  EXPECT_TRUE(schedule_.IsDue("b", After(absl::Seconds(6))));
}

TEST_F(Schedule, ComesOnceAnHourEvenSo) {
  EXPECT_TRUE(Sweeps("a", absl::Seconds(0)));
  EXPECT_TRUE(Sweeps("a", SweepSchedule::kLongestCall));
  EXPECT_FALSE(Sweeps("a", absl::Minutes(59)));
  EXPECT_TRUE(Sweeps("a", SweepSchedule::kLongestCall + SweepSchedule::kEvenSo));
}

}  // namespace
}  // namespace vsv::dossiers

#include "tests/load/tally.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::load {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Measures from the second to the fourth second.
class TallyTest : public ::testing::Test {
 protected:
  static absl::Time At(double seconds) { return absl::UnixEpoch() + absl::Seconds(seconds); }

  Tally tally_ = Tally(At(2), At(4));
};

TEST_F(TallyTest, CountsWhatIsAnsweredWhileItMeasures) {
  tally_.Begin(At(2.5));
  EXPECT_TRUE(tally_.is_under_way());
  tally_.EndWell(At(2.75), 10);
  EXPECT_FALSE(tally_.is_under_way());
  EXPECT_THAT(tally_.result().latencies_ms, ElementsAre(250));
  EXPECT_EQ(tally_.result().answered, 1);
  EXPECT_EQ(tally_.result().reply_bytes, 10);
}

TEST_F(TallyTest, DoesNotCountTheWarmUp) {
  tally_.Begin(At(0));
  tally_.EndWell(At(1), 10);
  tally_.Begin(At(1));
  tally_.EndBadly(At(1.5), "not there yet");
  EXPECT_THAT(tally_.result().latencies_ms, IsEmpty());
  EXPECT_EQ(tally_.result().failed, 0);
  EXPECT_EQ(tally_.result().answered, 0);
  EXPECT_EQ(tally_.result().begun, 2);
}

// A server that stands still answers nothing in time: its p99 must not be that of the calls before.
TEST_F(TallyTest, CountsTheLatencyOfACallThatHangsBeyondTheEnd) {
  tally_.Begin(At(3));
  tally_.EndWell(At(23), 10);
  EXPECT_THAT(tally_.result().latencies_ms, ElementsAre(20'000));
  EXPECT_EQ(tally_.result().answered, 0);
}

TEST_F(TallyTest, CountsTheFailureOfACallThatHangsBeyondTheEnd) {
  tally_.Begin(At(3));
  tally_.EndBadly(At(23), "DEADLINE_EXCEEDED");
  EXPECT_EQ(tally_.result().failed, 1);
  EXPECT_EQ(tally_.result().first_failure, "DEADLINE_EXCEEDED");
}

TEST_F(TallyTest, CountsACallThatHangsSinceTheWarmUp) {
  tally_.Begin(At(1));
  tally_.EndBadly(At(21), "DEADLINE_EXCEEDED");
  EXPECT_EQ(tally_.result().failed, 1);
}

TEST_F(TallyTest, DoesNotCountACallThatBeginsWhenItIsOver) {
  tally_.Begin(At(4));
  tally_.EndBadly(At(5), "too late");
  EXPECT_EQ(tally_.result().failed, 0);
}

TEST_F(TallyTest, AddsUpCallers) {
  tally_.Begin(At(3));
  tally_.EndBadly(At(23), "DEADLINE_EXCEEDED");
  LoadResult all = tally_.result();
  Tally other(At(2), At(4));
  other.Begin(At(3));
  other.EndWell(At(3.5), 10);
  Add(other.result(), all);
  EXPECT_THAT(all.latencies_ms, ElementsAre(500));
  EXPECT_EQ(all.failed, 1);
  EXPECT_EQ(all.answered, 1);
  EXPECT_EQ(all.begun, 2);
}

}  // namespace
}  // namespace vsv::load

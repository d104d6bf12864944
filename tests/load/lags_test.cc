#include "tests/load/lags.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::load {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Measures from the second to the fourth second.
class LagsTest : public ::testing::Test {
 protected:
  static absl::Time At(double seconds) { return absl::UnixEpoch() + absl::Seconds(seconds); }

  Lags lags_ = Lags(At(2), At(4));
};

TEST_F(LagsTest, CountsWhatArrivesWhileItMeasures) {
  lags_.Arrived(At(2.5), At(2.75));
  EXPECT_THAT(lags_.lags_ms(), ElementsAre(250));
  EXPECT_EQ(lags_.arrived(), 1);
  EXPECT_FALSE(lags_.is_past());
}

TEST_F(LagsTest, DoesNotCountTheWarmUp) {
  lags_.Arrived(At(1), At(1.5));
  EXPECT_THAT(lags_.lags_ms(), IsEmpty());
  EXPECT_EQ(lags_.arrived(), 0);
  EXPECT_EQ(lags_.received(), 1);
}

// A feed that stands still brings nothing in time: its p99 must not be that of the changes before.
TEST_F(LagsTest, CountsWhatHangsBeyondTheEnd) {
  lags_.Arrived(At(3), At(23));
  EXPECT_THAT(lags_.lags_ms(), ElementsAre(20'000));
  EXPECT_EQ(lags_.arrived(), 0);
  EXPECT_FALSE(lags_.is_past());
}

TEST_F(LagsTest, CountsWhatHangsSinceTheWarmUp) {
  lags_.Arrived(At(1), At(3));
  EXPECT_THAT(lags_.lags_ms(), ElementsAre(2'000));
}

TEST_F(LagsTest, IsPastTheTimeWithWhatIsWrittenWhenItIsOver) {
  lags_.Arrived(At(4), At(4.5));
  EXPECT_THAT(lags_.lags_ms(), IsEmpty());
  EXPECT_TRUE(lags_.is_past());
  EXPECT_EQ(lags_.received(), 1);
}

}  // namespace
}  // namespace vsv::load

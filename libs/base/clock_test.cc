#include "libs/base/clock.h"

#include "libs/base/status_macros.h"
#include "libs/base/strong_id.h"

#include "absl/container/flat_hash_set.h"
#include "gtest/gtest.h"

#include <thread>
#include <unordered_set>
#include <vector>

namespace vsv::base {
namespace {

struct DossierIdTag;
struct PupilIdTag;
using DossierId = StrongId<DossierIdTag>;
using PupilId = StrongId<PupilIdTag>;

TEST(FakeClock, StandsStillUntilItIsMoved) {
  FakeClock clock(absl::FromUnixSeconds(100));
  EXPECT_EQ(clock.Now(), absl::FromUnixSeconds(100));
  clock.Advance(absl::Seconds(5));
  EXPECT_EQ(clock.Now(), absl::FromUnixSeconds(105));
  clock.Set(absl::FromUnixSeconds(1));
  EXPECT_EQ(clock.Now(), absl::FromUnixSeconds(1));
}

TEST(FakeClock, LosesNoStepOfManyThreads) {
  FakeClock clock(absl::UnixEpoch());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&clock] {
      for (int i = 0; i < 1000; ++i) clock.Advance(absl::Milliseconds(1));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(clock.Now(), absl::UnixEpoch() + absl::Seconds(4));
}

TEST(SystemClock, GoesOn) {
  const SystemClock clock;
  const absl::Time before = clock.Now();
  EXPECT_GE(clock.Now(), before);
  EXPECT_GT(before, absl::FromCivil(absl::CivilDay(2024, 1, 1), absl::UTCTimeZone()));
}

TEST(StrongId, IsOfItsOwnTypeWithOrderAndHash) {
  static_assert(!std::is_convertible_v<DossierId, PupilId>);
  static_assert(!std::is_constructible_v<DossierId, PupilId>);
  static_assert(!std::is_convertible_v<std::string, DossierId>);
  EXPECT_EQ(DossierId("a"), DossierId(std::string("a")));
  EXPECT_LT(DossierId("a"), DossierId(absl::string_view("b")));
  EXPECT_TRUE(DossierId().empty());
  EXPECT_TRUE((absl::flat_hash_set<DossierId>{DossierId("a")}.contains(DossierId("a"))));
  EXPECT_EQ((std::unordered_set<DossierId>{DossierId("a"), DossierId("a")}.size()), 1u);
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return absl::InvalidArgumentError("odd");
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  VSV_ASSIGN_OR_RETURN(const int half, Half(value));
  VSV_RETURN_IF_ERROR(Half(half));
  int quarter = 0;
  VSV_ASSIGN_OR_RETURN(quarter, Half(half));
  return quarter;
}

TEST(StatusMacros, ReturnEarlyAndOtherwiseGoOn) {
  EXPECT_EQ(*Quarter(12), 3);
  EXPECT_EQ(Quarter(3).status().message(), "odd");
  EXPECT_EQ(Quarter(6).status().message(), "odd");
}

}  // namespace
}  // namespace vsv::base

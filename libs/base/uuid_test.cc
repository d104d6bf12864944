#include "libs/base/uuid.h"

#include "gtest/gtest.h"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "rapidcheck/gtest.h"

namespace vsv::base {
namespace {

TEST(NewUuidV7, IsACanonicalUuidOfVersionSevenWithItsTime) {
  const FakeClock clock(absl::FromUnixMillis(0x018bcfe56800));
  const std::string id = NewUuidV7(clock);
  EXPECT_TRUE(IsUuid(id)) << id;
  EXPECT_EQ(id[14], '7');
  EXPECT_TRUE(id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b') << id;
}

// Property: whatever the clock does, ids ascend.
RC_GTEST_PROP(NewUuidV7, AscendsHoweverTheClockSteps, (const std::vector<int16_t>& steps)) {
  FakeClock clock(absl::FromUnixSeconds(1'700'000'000));
  std::string last = NewUuidV7(clock);
  for (const int16_t step : steps) {
    clock.Advance(absl::Milliseconds(step));
    const std::string next = NewUuidV7(clock);
    RC_ASSERT(last < next);
    last = next;
  }
}

TEST(NewUuidV7, GivesThreadsIdsOfTheirOwn) {
  const FakeClock clock(absl::FromUnixSeconds(1'800'000'000));
  constexpr int kThreads = 4;
  constexpr int kEach = 2000;
  std::vector<std::vector<std::string>> made(kThreads);
  std::vector<std::thread> threads;
  for (std::vector<std::string>& mine : made) {
    threads.emplace_back([&mine, &clock] {
      for (int i = 0; i < kEach; ++i) mine.push_back(NewUuidV7(clock));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const std::vector<std::string>& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), size_t{kThreads} * kEach);
}

TEST(IsUuid, TakesOnlyTheCanonicalForm) {
  EXPECT_TRUE(IsUuid("018bcfe5-6800-7abc-8def-0123456789ab"));
  EXPECT_FALSE(IsUuid(""));
  EXPECT_FALSE(IsUuid("018BCFE5-6800-7abc-8def-0123456789ab"));
  EXPECT_FALSE(IsUuid("018bcfe568007abc8def0123456789ab"));
  EXPECT_FALSE(IsUuid("018bcfe5-6800-7abc-8def-0123456789a"));
  EXPECT_FALSE(IsUuid("018bcfe5-6800-7abc-8def-0123456789abc"));
  EXPECT_FALSE(IsUuid("018bcfe5-6800-7abc-8def_0123456789ab"));
  EXPECT_FALSE(IsUuid("g18bcfe5-6800-7abc-8def-0123456789ab"));
}

}  // namespace
}  // namespace vsv::base

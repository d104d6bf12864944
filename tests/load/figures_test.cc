#include "tests/load/figures.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <numeric>
#include <sstream>

namespace vsv::load {
namespace {

using ::testing::HasSubstr;

std::vector<double> OneTo(int n) {
  std::vector<double> values(static_cast<size_t>(n));
  std::iota(values.rbegin(), values.rend(), 1.0);  // falling: nothing may rely on order
  return values;
}

TEST(Median, IsTheMiddleOrTheMeanOfTheTwoInTheMiddle) {
  EXPECT_EQ(Median({7}), 7);
  EXPECT_EQ(Median({9, 1, 5}), 5);
  EXPECT_EQ(Median({9, 1, 5, 6}), 5.5);
}

TEST(Percentile, IsTheNearestRankAndNeverInvented) {
  EXPECT_EQ(Percentile(OneTo(100), 99), 99);
  EXPECT_EQ(Percentile(OneTo(100), 50), 50);
  EXPECT_EQ(Percentile(OneTo(10), 99), 10);
  EXPECT_EQ(Percentile({3}, 50), 3);
  EXPECT_EQ(Percentile({1, 2}, 0), 1);
}

constexpr char kRounds[] =
    "a\tcalls/s\tdurable\t100\t50\t0.1 0.2 0.3\t0.4 - -\n"
    "b\tms\t8 \"callers\"\t3\t4\t- - -\t- - -\n"
    "a\tcalls/s\tdurable\t30\t30\t0.3 0.4 0.5\t0.6 - -\n"
    "a\tcalls/s\tdurable\t300\t100\t0.2 0.3 0.4\t0.5 - -\n";

TEST(ReadRounds, PutsTheRoundsOfARowTogether) {
  std::istringstream lines(kRounds);
  const absl::StatusOr<std::vector<Row>> rows = ReadRounds(lines);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[0].rounds.size(), 3u);
  EXPECT_EQ((*rows)[1].unit, "ms");
  EXPECT_EQ((*rows)[0].rounds[0].our_cpu.database, 0.3);
  EXPECT_EQ((*rows)[0].rounds[0].reference_cpu.server, std::nullopt);
}

TEST(ReadRounds, RefusesWhatIsNoMeasurement) {
  for (const char* line : {"", "a\tms\tc\t1\t2\t- - -", "a\tms\tc\t0\t2\t- - -\t- - -",
                           "a\tms\tc\t1\tnan\t- - -\t- - -", "a\tms\tc\t1\t\t- - -\t- - -",
                           "a\tms\tc\t1\t2\t- -\t- - -", "a\tms\tc\t1\t2\t- - x\t- - -"}) {
    std::istringstream lines(line);
    EXPECT_FALSE(ReadRounds(lines).ok()) << line;
  }
}

// The ratio of the medians (100 / 50) would be another one: rounds are compared one by one.
TEST(MedianRatio, IsOverTheRatiosOfTheRounds) {
  std::istringstream lines(
      "a\tms\tc\t100\t100\t- - -\t- - -\n"
      "a\tms\tc\t10\t50\t- - -\t- - -\n"
      "a\tms\tc\t300\t20\t- - -\t- - -\n");
  EXPECT_EQ(MedianRatio(ReadRounds(lines)->front()), 1);
}

TEST(Report, SaysTheSameInJsonAndInTheTable) {
  std::istringstream lines(kRounds);
  const std::vector<Row> rows = *ReadRounds(lines);
  const std::string json = ToJson(rows);
  EXPECT_THAT(json,
              HasSubstr("\"name\": \"a\",\n   \"ours\": 100, \"reference\": 50, \"ratio\": 2, "
                        "\"unit\": \"calls/s\",\n   \"conditions\": \"durable\""));
  EXPECT_THAT(json, HasSubstr("\"conditions\": \"8 \\\"callers\\\"\""));
  EXPECT_THAT(json,
              HasSubstr("\"ours_cpu_ms\": {\"client\": 0.1, \"server\": 0.2, \"database\": 0.3}, "
                        "\"reference_cpu_ms\": {\"client\": 0.4, \"server\": null"));
  const std::string table = ToTable(rows);
  EXPECT_THAT(table, HasSubstr("1.00..3.00"));
  EXPECT_THAT(table, HasSubstr("0.20+0.30+0.40"));
}

}  // namespace
}  // namespace vsv::load

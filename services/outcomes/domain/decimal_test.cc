#include "services/outcomes/domain/decimal.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vsv::outcomes {
namespace {

TEST(Decimal, IsReadAndWrittenBackToTheLetter) {
  for (const char* text : {"0", "98", "67.7", "78.0", "4.25", "0.05", "-0.25", "-12", "0.000001"}) {
    const absl::StatusOr<Decimal> value = Decimal::Parse(text);
    ASSERT_TRUE(value.ok()) << text;
    EXPECT_EQ(value->ToString(), text);
  }
}

TEST(Decimal, RefusesWhatIsNoPlainDecimal) {
  for (const char* text : {"", "-", ".", "5.", ".5", "1,5", "1e3", "+1", " 1", "1 ", "0x1", "nan",
                           "1.2.3", "--1", "0.0000001", "9999999999999"}) {
    EXPECT_FALSE(Decimal::Parse(text).ok()) << text;
  }
}

TEST(Decimal, IsComparedByValueAcrossScales) {
  EXPECT_EQ((Decimal{780, 1}), (Decimal{78, 0}));
  EXPECT_LT((Decimal{6814, 2}), (Decimal{6878, 2}));
  EXPECT_LT((Decimal{776, 1}), (Decimal{78, 0}));
  EXPECT_LT((Decimal{-1, 0}), (Decimal{-5, 1}));
  EXPECT_GT((Decimal{10, 0}), (Decimal{9'999'999, 6}));
}

TEST(Decimal, DifferenceKeepsTheFinerScale) {
  EXPECT_EQ(Difference({780, 1}, {7760, 2}).ToString(), "0.40");
  EXPECT_EQ(Difference({6814, 2}, {6878, 2}).ToString(), "-0.64");
}

TEST(Percentage, RoundsHalfUpInIntegers) {
  struct Case {
    int64_t part, whole;
    const char* two_decimals;
    const char* one_decimal;
  };

  const std::vector<Case> cases = {
      {0, 1, "0.00", "0.0"},
      {1, 1, "100.00", "100.0"},
      {1, 3, "33.33", "33.3"},
      {2, 3, "66.67", "66.7"},
      {1, 8, "12.50", "12.5"},
      {1, 800, "0.13", "0.1"},
      {1, 2000, "0.05", "0.1"},
      {1, 2001, "0.05", "0.0"},
      {1, 20000, "0.01", "0.0"},
      {1, 20001, "0.00", "0.0"},
      {60, 288, "20.83", "20.8"},
      {894, 14656, "6.10", "6.1"},
      {999'999'999, 999'999'999, "100.00", "100.0"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Percentage(c.part, c.whole, 2).ToString(), c.two_decimals)
        << c.part << "/" << c.whole;
    EXPECT_EQ(Percentage(c.part, c.whole, 1).ToString(), c.one_decimal) << c.part << "/" << c.whole;
  }
}

TEST(Percentage, IsTheNearestHundredthForEveryFractionOfSmallGroups) {
  for (int64_t whole = 1; whole <= 120; ++whole) {
    for (int64_t part = 0; part <= whole; ++part) {
      const int64_t got = Percentage(part, whole, 2).unscaled;
      // |got - exact| <= 1/2, and a tie goes up: -whole <= 2 * (exact - got) * whole < whole.
      const int64_t twice_error = 2 * (part * 10'000 - got * whole);
      EXPECT_GE(twice_error, -whole) << part << "/" << whole;
      EXPECT_LT(twice_error, whole) << part << "/" << whole;
    }
  }
}

}  // namespace
}  // namespace vsv::outcomes

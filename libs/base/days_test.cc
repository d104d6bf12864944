#include "libs/base/local_date.h"
#include "libs/base/school_year.h"

#include "gtest/gtest.h"

#include "rapidcheck/gtest.h"

namespace vsv::base {
namespace {

using absl::CivilDay;

TEST(LocalDay, ChangesAtMidnightInAmsterdam) {
  const auto utc = [](int month, int day, int hour, int minute) {
    return absl::FromCivil(absl::CivilMinute(2024, month, day, hour, minute), absl::UTCTimeZone());
  };
  EXPECT_EQ(LocalDay(utc(1, 15, 22, 59)), CivilDay(2024, 1, 15));  // winter: one hour ahead
  EXPECT_EQ(LocalDay(utc(1, 15, 23, 0)), CivilDay(2024, 1, 16));
  EXPECT_EQ(LocalDay(utc(7, 15, 21, 59)), CivilDay(2024, 7, 15));  // summer: two hours ahead
  EXPECT_EQ(LocalDay(utc(7, 15, 22, 0)), CivilDay(2024, 7, 16));
  EXPECT_EQ(StartOfLocalDay(CivilDay(2024, 7, 16)), utc(7, 15, 22, 0));
}

// Days of 23 and of 25 hours: what they hold, and that the hour that is skipped or comes twice is
// theirs.
TEST(LocalDay, HoldsTheHourAtWhichTheClockIsSwitched) {
  const auto utc = [](int month, int day, int hour, int minute) {
    return absl::FromCivil(absl::CivilMinute(2024, month, day, hour, minute), absl::UTCTimeZone());
  };
  const CivilDay forward(2024, 3, 31);
  EXPECT_EQ(StartOfLocalDay(forward), utc(3, 30, 23, 0));
  EXPECT_EQ(StartOfLocalDay(forward + 1), utc(3, 31, 22, 0));
  const CivilDay back(2024, 10, 27);
  EXPECT_EQ(StartOfLocalDay(back), utc(10, 26, 22, 0));
  EXPECT_EQ(StartOfLocalDay(back + 1), utc(10, 27, 23, 0));
  for (const CivilDay day : {forward, back}) {
    const absl::Time begin = StartOfLocalDay(day);
    const absl::Time end = StartOfLocalDay(day + 1);
    EXPECT_EQ(end - begin, absl::Hours(day == forward ? 23 : 25));
    EXPECT_EQ(LocalDay(begin - absl::Nanoseconds(1)), day - 1);
    for (absl::Time at = begin; at < end; at += absl::Minutes(30)) EXPECT_EQ(LocalDay(at), day);
    EXPECT_EQ(LocalDay(end - absl::Nanoseconds(1)), day);
    EXPECT_EQ(LocalDay(end), day + 1);
  }
}

TEST(ParseIsoDate, TakesOnlyDaysThatExist) {
  EXPECT_EQ(ParseIsoDate("2024-02-29"), CivilDay(2024, 2, 29));
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-10", "24-01-10", "",
                           "2024-01-10 ", "0000-01-01", "2024/01/10", "+024-01-10", "2024-01--1"}) {
    EXPECT_FALSE(ParseIsoDate(text).has_value()) << text;
  }
}

RC_GTEST_PROP(IsoDate, ReadsBackWhatItWrote, ()) {
  const CivilDay day = CivilDay(1900, 1, 1) + *rc::gen::inRange(0, 73'000);
  RC_ASSERT(ParseIsoDate(FormatIsoDate(day)) == day);
}

TEST(AgeOn, CountsCompletedYears) {
  const CivilDay birth(2006, 5, 10);
  EXPECT_EQ(AgeOn(birth, CivilDay(2022, 5, 9)), 15);
  EXPECT_EQ(AgeOn(birth, CivilDay(2022, 5, 10)), 16);
  EXPECT_EQ(AgeOn(birth, CivilDay(2006, 5, 9)), -1);
}

TEST(AgeOn, TurnsOnTheFirstOfMarchForALeapDay) {
  const CivilDay birth(2008, 2, 29);
  EXPECT_EQ(AgeOn(birth, CivilDay(2026, 2, 28)), 17);
  EXPECT_EQ(AgeOn(birth, CivilDay(2026, 3, 1)), 18);
  EXPECT_EQ(ReachesAgeOn(birth, 18), CivilDay(2026, 3, 1));
  EXPECT_EQ(ReachesAgeOn(birth, 16), CivilDay(2024, 2, 29));
}

RC_GTEST_PROP(AgeOn, GrowsByOneOnTheDayItIsReached, ()) {
  const CivilDay birth = CivilDay(1990, 1, 1) + *rc::gen::inRange(0, 10'000);
  const int age = *rc::gen::inRange(1, 30);
  const CivilDay reached = ReachesAgeOn(birth, age);
  RC_ASSERT(AgeOn(birth, reached) == age);
  RC_ASSERT(AgeOn(birth, reached - 1) == age - 1);
}

TEST(SchoolYear, RunsFromTheFirstOfAugustToTheEndOfJuly) {
  EXPECT_EQ(SchoolYear::Of(CivilDay(2023, 7, 31)), SchoolYear(2022));
  EXPECT_EQ(SchoolYear::Of(CivilDay(2023, 8, 1)), SchoolYear(2023));
  EXPECT_EQ(SchoolYear(2023).FirstDay(), CivilDay(2023, 8, 1));
  EXPECT_EQ(SchoolYear(2023).LastDay(), CivilDay(2024, 7, 31));
  EXPECT_EQ(SchoolYear(2023).CountDate(), CivilDay(2023, 10, 1));
  EXPECT_TRUE(SchoolYear(2023).Contains(CivilDay(2024, 7, 31)));
  EXPECT_FALSE(SchoolYear(2023).Contains(CivilDay(2024, 8, 1)));
}

TEST(SchoolYear, ReadsAndWritesItsName) {
  EXPECT_EQ(SchoolYear(2023).ToString(), "2023-2024");
  EXPECT_EQ(SchoolYear::Parse("2023-2024"), SchoolYear(2023));
  EXPECT_EQ(SchoolYear::Parse("1999-2000")->Next(), SchoolYear(2000));
  for (const char* text : {"2023-2025", "2023/2024", "2023", "23-24", "2023-2024 ", "-023--022"}) {
    EXPECT_FALSE(SchoolYear::Parse(text).has_value()) << text;
  }
}

RC_GTEST_PROP(SchoolYear, HoldsEveryDayExactlyOnce, ()) {
  const CivilDay day = CivilDay(1990, 1, 1) + *rc::gen::inRange(0, 30'000);
  const SchoolYear year = SchoolYear::Of(day);
  RC_ASSERT(year.Contains(day));
  RC_ASSERT(!year.Next().Contains(day) && !year.Previous().Contains(day));
}

}  // namespace
}  // namespace vsv::base

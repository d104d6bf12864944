#include "services/outcomes/domain/period.h"

#include "services/outcomes/domain/education.h"

#include <gtest/gtest.h>

namespace vsv::outcomes {
namespace {

TEST(Period, IsASchoolYearOrAReportingYear) {
  EXPECT_EQ(Period::Parse("2021-2022"), (Period{2021, true}));
  EXPECT_EQ(Period::Parse("2016"), (Period{2016, false}));
  EXPECT_EQ((Period{2021, true}).ToString(), "2021-2022");
  EXPECT_EQ((Period{2016, false}).ToString(), "2016");
}

TEST(Period, RefusesEverythingElse) {
  for (const char* text : {"", "2021-", "2021-2023", "2022-2021", "2021/2022", "21-22", "1989",
                           "2100", "2021-2022 ", "+016", "2021-22", "99999"}) {
    EXPECT_FALSE(Period::Parse(text).has_value()) << text;
  }
}

TEST(Period, ASchoolYearIsNoReportingYearOfTheSameNumber) {
  EXPECT_NE((Period{2016, true}), (Period{2016, false}));
}

TEST(Level, NamesAreReadBack) {
  for (const char* name : {"total", "entree", "mbo2", "mbo3", "mbo4", "vavo", "vo_lower",
                           "vmbo_upper", "havo_vwo_upper"}) {
    ASSERT_TRUE(LevelFromName(name).has_value()) << name;
    EXPECT_EQ(LevelName(*LevelFromName(name)), name);
  }
  EXPECT_FALSE(LevelFromName("").has_value());
  EXPECT_FALSE(LevelFromName("mbo1").has_value());
}

}  // namespace
}  // namespace vsv::outcomes

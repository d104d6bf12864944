#include "services/outcomes/import/figure_files.h"

#include "libs/testing/status_matchers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace vsv::outcomes {
namespace {

using ::testing::HasSubstr;
using vsv::testing::IsOk;

MappedFigures Mapped(size_t sample) {
  auto mapped = MapFigureFile(SampleFigureFiles()[sample], ".");
  EXPECT_THAT(mapped, IsOk());
  return mapped.ok() ? *std::move(mapped) : MappedFigures();
}

TEST(MapFigures, CountsPerLevelAddUpToThePublishedTotals) {
  std::map<std::string, int64_t> sums;
  std::map<std::string, int64_t> totals;
  const MappedFigures mapped = Mapped(0);
  for (const v1::Figure& figure : mapped.request.figures()) {
    if (figure.slice().kind() != v1::SLICE_KIND_INSTITUTION) continue;
    auto& into = figure.slice().level() == v1::LEVEL_TOTAL ? totals : sums;
    into[figure.slice().period()] += figure.numerator_count();
  }
  const std::map<std::string, int64_t> published = {
      {"2018-2019", 894}, {"2019-2020", 737}, {"2020-2021", 789}, {"2021-2022", 936}};
  EXPECT_EQ(sums, published);
  EXPECT_EQ(totals, published);
}

TEST(MapFigures, TheLastSchoolYearIsProvisional) {
  const MappedFigures mapped = Mapped(0);
  for (const v1::Figure& figure : mapped.request.figures()) {
    EXPECT_EQ(figure.status() == v1::FIGURE_STATUS_PROVISIONAL,
              figure.slice().period() == "2021-2022");
  }
}

TEST(MapFigures, EachRowGivesTheInstitutionAndTheCountry) {
  const MappedFigures mapped = Mapped(0);
  ASSERT_EQ(mapped.request.figures_size(), 48);
  const v1::Figure& own = mapped.request.figures(0);
  EXPECT_EQ(own.slice().organisation(), "organisations/roc-midden-nederland");
  EXPECT_EQ(own.unit_display_name(), "ROC Midden Nederland");
  EXPECT_EQ(own.slice().level(), v1::LEVEL_ENTREE);
  EXPECT_EQ(own.value().unscaled_value(), 208);
  EXPECT_EQ(own.value().scale(), 1);
  EXPECT_EQ(own.denominator_count(), 288);
  EXPECT_TRUE(own.denominator_derived());
  const v1::Figure& national = mapped.request.figures(1);
  EXPECT_EQ(national.slice().kind(), v1::SLICE_KIND_NATIONAL);
  EXPECT_EQ(national.slice().organisation(), "");
  EXPECT_EQ(national.value().unscaled_value(), 233);
  EXPECT_FALSE(national.has_numerator_count());
}

TEST(MapFigures, TheRouteIsNoCollegeAndIsNamed) {
  const MappedFigures mapped = Mapped(1);
  ASSERT_EQ(mapped.left_out.size(), 2U) << "2016 and 2017";
  for (const LeftOutRow& row : mapped.left_out) EXPECT_EQ(row.name, "Vakmanschapsroute ROCvA");
  int colleges = 0;
  for (const v1::Figure& figure : mapped.request.figures()) {
    if (figure.indicator() != "indicators/startersresultaat" || figure.slice().period() != "2017")
      continue;
    if (figure.slice().kind() == v1::SLICE_KIND_COLLEGE) ++colleges;
    if (figure.unit_display_name() == "Vakmanschapsroute ROCvA") {
      EXPECT_EQ(figure.slice().kind(), v1::SLICE_KIND_OTHER);
    }
  }
  EXPECT_EQ(colleges, 12);
}

TEST(MapFigures, EveryRowOfTheIndicatorsBecomesAFigureOfItsOwnCell) {
  const MappedFigures mapped = Mapped(1);
  EXPECT_EQ(mapped.request.figures_size(), 321);
  std::map<std::string, int> cells;
  for (const v1::Figure& figure : mapped.request.figures()) {
    ++cells[figure.indicator() + figure.slice().SerializeAsString()];
  }
  EXPECT_EQ(cells.size(), 321U) << "no two rows are the same cell";
}

TEST(MapFigures, ValuesKeepTheDigitsOfThePublication) {
  const MappedFigures mapped = Mapped(1);
  for (const v1::Figure& figure : mapped.request.figures()) {
    if (figure.indicator() != "indicators/jaarresultaat" ||
        figure.slice().kind() != v1::SLICE_KIND_INSTITUTION)
      continue;
    if (figure.slice().level() != v1::LEVEL_MBO2 || figure.slice().period() != "2017") continue;
    EXPECT_EQ(figure.value().unscaled_value(), 6814);
    EXPECT_EQ(figure.value().scale(), 2);
    return;
  }
  FAIL() << "the institution's jaarresultaat of level 2 in 2017 is not there";
}

TEST(MapFigures, NothingIsGuessed) {
  const FigureFile vsv = SampleFigureFiles()[0];
  const std::string header =
      "schooljaar,status,niveau,vsv_aantal,vsv_pct_romn,vsv_pct_landelijk,afgeleide_noemer\n";
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"2018-2019,definitief,5,60,20.8,23.3,288\n", "row 2, column niveau"},
      {"2018-2019,bijna,1,60,20.8,23.3,288\n", "row 2, column status"},
      {"2018-2019,definitief,1,-60,20.8,23.3,288\n", "row 2, column vsv_aantal"},
      {"2018-2019,definitief,1,60,\"20,8\",23.3,288\n", "row 2, column vsv_pct_romn"},
      {"2018-2019,definitief,1,60,20.8,,288\n", "row 2, column vsv_pct_landelijk"},
  };
  for (const auto& [row, complaint] : cases) {
    const auto mapped = MapFigures(vsv, header + row);
    EXPECT_EQ(mapped.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(mapped.status().message()), HasSubstr(complaint));
  }
  EXPECT_FALSE(MapFigures(vsv, "schooljaar\n2018-2019\n").ok()) << "columns are missing";
  EXPECT_FALSE(MapFigures(SampleFigureFiles()[1],
                          "indicator,level,unit_code,unit_name,year,value,unit,unit_kind\n"
                          "vsv,total,,x,2016,5.0,percent,planet\n")
                   .ok());
}

}  // namespace
}  // namespace vsv::outcomes

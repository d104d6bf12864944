#include "services/outcomes/domain/indicator_formulas.h"

#include "libs/base/csv.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace vsv::outcomes {
namespace {

TEST(EntrantsResult, CountsGraduatedLeaversAndThoseStillThere) {
  const auto result = EntrantsResult(400, 30, 310);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->Percent()->ToString(), "85.0");
  EXPECT_FALSE(EntrantsResult(100, 60, 50).ok()) << "more than entered";
  EXPECT_FALSE(EntrantsResult(100, -1, 50).ok());
}

TEST(YearResult, IsGraduatesOfGraduatesAndLeaversWithoutDiploma) {
  EXPECT_EQ(YearResult(776, 224)->Percent()->ToString(), "77.6");
  EXPECT_EQ(YearResult(1, 2)->Percent(2)->ToString(), "33.33");
  EXPECT_FALSE(YearResult(0, 0)->Percent().has_value());
  EXPECT_FALSE(YearResult(10, -10).ok());
}

TEST(DiplomaResult, IsLeaversWithDiplomaOfAllLeavers) {
  EXPECT_EQ(DiplomaResult(3, 4)->Percent()->ToString(), "75.0");
  EXPECT_FALSE(DiplomaResult(5, 4).ok());
}

TEST(Progression, DependsOnTheScope) {
  const std::vector<Graduate> graduates = {
      {2, 3, true},              // higher, stayed
      {2, 4, false},             // higher, elsewhere
      {4, 5, false},             // to higher education
      {3, 3, true},              // same level: no progression
      {2, std::nullopt, false},  // left education
      {3, 2, true},              // lower
  };
  const Ratio internal = Progression(graduates, ProgressionScope::kInternal);
  const Ratio all = Progression(graduates, ProgressionScope::kAllInstitutions);
  EXPECT_EQ(internal.numerator, 1);
  EXPECT_EQ(all.numerator, 3);
  EXPECT_EQ(internal.denominator, 6);
  EXPECT_EQ(all.denominator, 6);
}

TEST(QualificationGain, IsReachedAtTheExpectedLevelAndAbove) {
  for (const ExpectedLevel& expected : ExpectedLevels()) {
    if (expected.code == 0) continue;
    for (int diploma = 0; diploma <= 4; ++diploma) {
      const auto gain = ComputeQualificationGain({{expected.code, diploma}});
      ASSERT_TRUE(gain.ok());
      EXPECT_EQ(gain->ratio.numerator, diploma >= expected.level ? 1 : 0)
          << expected.name << " with a diploma of level " << diploma;
      EXPECT_EQ(gain->ratio.denominator, 1);
    }
  }
}

TEST(QualificationGain, LeavesOutWhosePriorEducationIsUnknown) {
  const auto gain = ComputeQualificationGain({{0, 4}, {0, 0}, {6, 3}, {6, 2}});
  ASSERT_TRUE(gain.ok());
  EXPECT_EQ(gain->excluded, 2);
  EXPECT_EQ(gain->ratio.Percent()->ToString(), "50.0");
}

TEST(QualificationGain, RefusesACategoryThatIsNotInTheTable) {
  EXPECT_FALSE(ComputeQualificationGain({{4, 2}}).ok());
  EXPECT_FALSE(ComputeQualificationGain({{-1, 2}}).ok());
}

TEST(ExpectedLevels, AreThoseOfTheReferenceData) {
  std::ifstream file("data/figures/kwalificatiewinst_passend_diploma_norm.csv");
  std::stringstream text;
  text << file.rdbuf();
  const auto table = base::ReadCsvTable(text.str());
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->rows.size(), ExpectedLevels().size());
  for (size_t i = 0; i < table->rows.size(); ++i) {
    EXPECT_EQ(table->rows[i][0], std::to_string(ExpectedLevels()[i].code));
    EXPECT_EQ(table->rows[i][1], std::string(ExpectedLevels()[i].name));
    EXPECT_EQ(table->rows[i][2], std::to_string(ExpectedLevels()[i].level));
  }
}

}  // namespace
}  // namespace vsv::outcomes

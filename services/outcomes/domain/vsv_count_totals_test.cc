// The formula over many pupils, and the norms.
#include "libs/base/csv.h"
#include "services/outcomes/domain/vsv_count.h"
#include "services/outcomes/domain/vsv_norms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace vsv::outcomes {
namespace {

CountDecision Accounted(CountCode code) {
  return {CountOutcome::kAccountedFor, code, {code}};
}

TEST(CountTotals, OfNobodyHaveNoPercentage) {
  const CountTotals totals;
  EXPECT_EQ(totals.EarlyLeavers(), 0);
  EXPECT_FALSE(totals.Percent().has_value());
}

TEST(CountTotals, LeaveBOutOfTheDenominator) {
  CountTotals totals;
  for (int i = 0; i < 10; ++i) totals.Add(Accounted(CountCode::kB1));
  EXPECT_EQ(totals.Denominator(), 0);
  EXPECT_FALSE(totals.Percent().has_value()) << "everybody is B: nobody is left to count";
  totals.Add({CountOutcome::kEarlyLeaver, std::nullopt, {}});
  totals.Add(Accounted(CountCode::kC1));
  totals.Add(Accounted(CountCode::kD1));
  EXPECT_EQ(totals.population, 13);
  EXPECT_EQ(totals.Denominator(), 3);
  EXPECT_EQ(totals.EarlyLeavers(), 1);
  EXPECT_EQ(totals.Percent()->ToString(), "33.33");
}

TEST(CountTotals, DoNotCountWhoIsOutsideThePopulation) {
  CountTotals totals;
  totals.Add({CountOutcome::kOutsidePopulation, std::nullopt, {}});
  EXPECT_EQ(totals.population, 0);
}

// Anything that may be true of a pupil.
PupilFacts AnyPupil(std::mt19937& random) {
  PupilFacts facts;
  facts.age_at_count = static_cast<int>(15 + random() % 9);
  facts.enrolled = random() % 10 != 0;
  facts.funded = random() % 10 != 0;
  facts.level = Level::kMbo4;
  facts.at_next = static_cast<Whereabouts>(random() % 20 < 5 ? random() % 5 : 0);
  facts.exempted_at_next = random() % 50 == 0;
  for (int i = 0; i < 2; ++i) {
    const CountCode code = kCountCodes[random() % kCountCodes.size()];
    if (TermOf(code) == 'C') facts.education_at_next.push_back(code);
  }
  return facts;
}

// X by the formula equals the pupils whom nothing takes out, for any mixture.
TEST(CountTotals, ByTheFormulaEqualTheLeaversOneByOne) {
  std::mt19937 random(20141001);
  for (int round = 0; round < 200; ++round) {
    CountTotals totals;
    int64_t leavers = 0;
    for (int pupil = 0; pupil < 300; ++pupil) {
      const PupilFacts facts = AnyPupil(random);
      const CountDecision decision = Decide(CountRule(), absl::CivilDay(2014, 10, 1), facts);
      if (decision.outcome == CountOutcome::kEarlyLeaver) ++leavers;
      totals.Add(decision);
    }
    ASSERT_EQ(totals.EarlyLeavers(), leavers);
    ASSERT_EQ(totals.population,
              totals.EarlyLeavers() + totals.Term('B') + totals.Term('C') + totals.Term('D'));
  }
}

TEST(MeetsNorm, AtTheNormIsMetAndAHundredthAboveIsNot) {
  const Decimal norm{275, 2};
  EXPECT_TRUE(MeetsNorm({275, 2}, norm));
  EXPECT_TRUE(MeetsNorm({274, 2}, norm));
  EXPECT_FALSE(MeetsNorm({276, 2}, norm));
  // 1 of 36.37 pupils would be 2.7496: rounded half-up to 2.75 it meets the norm, because the law
  // compares the rounded percentage.
  EXPECT_TRUE(MeetsNorm(Percentage(27496, 1'000'000, 2), norm));
  EXPECT_FALSE(MeetsNorm(Percentage(27550, 1'000'000, 2), norm));
}

TEST(VsvNorms, LevelsThreeAndFourShareOneAndOtherLevelsHaveNone) {
  EXPECT_EQ(VsvNormFor(2014, Level::kMbo3), VsvNormFor(2014, Level::kMbo4));
  EXPECT_EQ(VsvNormFor(2012, Level::kEntree)->ToString(), "32.5");
  EXPECT_EQ(VsvNormFor(2015, Level::kMbo2)->ToString(), "10");
  EXPECT_FALSE(VsvNormFor(2016, Level::kMbo2).has_value()) << "the regulation ended";
  EXPECT_FALSE(VsvNormFor(2011, Level::kMbo2).has_value());
  EXPECT_FALSE(VsvNormFor(2014, Level::kVavo).has_value());
  EXPECT_FALSE(VsvNormFor(2014, Level::kTotal).has_value());
}

TEST(VsvNorms, AreThoseOfTheReferenceData) {
  std::ifstream file("data/figures/vsv_norms_historic.csv");
  std::stringstream text;
  text << file.rdbuf();
  const auto table = base::ReadCsvTable(text.str());
  ASSERT_TRUE(table.ok()) << table.status();
  size_t mbo_rows = 0;
  for (const std::vector<std::string>& row : table->rows) {
    if (row[1] != "mbo") continue;
    ++mbo_rows;
    const Level level = row[2] == "mbo1_entree"  ? Level::kEntree
                        : row[2] == "mbo2_basis" ? Level::kMbo2
                                                 : Level::kMbo3;
    const auto norm = VsvNormFor(std::stoi(row[0]), level);
    ASSERT_TRUE(norm.has_value()) << row[0] << " " << row[2];
    EXPECT_EQ(*norm, *Decimal::Parse(row[3])) << row[0] << " " << row[2];
  }
  EXPECT_EQ(mbo_rows, VsvNorms().size());
}

}  // namespace
}  // namespace vsv::outcomes

// The worked examples: three ambitions judged on the published figures of ROC van
// Amsterdam/Flevoland, baseline 2016, measured 2017.
#include "services/outcomes/domain/ambition.h"

#include "libs/base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace vsv::outcomes {
namespace {

constexpr const char* kInstitution = "roc-van-amsterdam-flevoland";

// The rows of the published table that are of colleges and of the institution.
std::vector<Figure> PublishedFigures(const std::string& indicator, const std::string& level) {
  std::ifstream file("data/figures/seed_rocvaf_all_indicators.csv");
  std::stringstream text;
  text << file.rdbuf();
  const auto table = base::ReadCsvTable(text.str());
  EXPECT_TRUE(table.ok()) << table.status();
  std::vector<Figure> figures;
  for (const std::vector<std::string>& row : table->rows) {
    if (row[0] != indicator || row[1] != level || (row[7] != "college" && row[7] != "institution"))
      continue;
    Figure figure;
    figure.key.indicator_id = indicator;
    figure.key.slice.kind = row[7] == "college" ? SliceKind::kCollege : SliceKind::kInstitution;
    figure.key.slice.organisation_id = kInstitution;
    figure.key.slice.unit_code = row[2];
    figure.key.slice.level = LevelFromName(level.empty() ? "total" : level).value();
    figure.key.slice.period = Period::Parse(row[4]).value();
    figure.unit_name = row[3];
    figure.value = Decimal::Parse(row[5]).value();
    figure.status = FigureStatus::kDefinitive;
    figures.push_back(figure);
  }
  return figures;
}

Ambition WorkedAmbition(const std::string& indicator, Level level, Direction direction) {
  Ambition ambition;
  ambition.indicator_id = indicator;
  ambition.organisation_id = kInstitution;
  ambition.level = level;
  ambition.baseline_period = Period{2016, false};
  ambition.direction = direction;
  return ambition;
}

const Period k2017{2017, false};

TEST(JudgeAmbition, StartersresultaatIsMetByEightOfTwelveExactlyAtTwoThirds) {
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("startersresultaat", Level::kTotal, Direction::kRetain),
                    Indicator(), PublishedFigures("startersresultaat", ""), k2017);
  EXPECT_EQ(judgement.verdict.met, 8);
  EXPECT_EQ(judgement.verdict.total, 12);
  EXPECT_EQ(judgement.verdict.outcome, Outcome::kMet);
  EXPECT_EQ(judgement.verdict.reason, Reason::kPartsSuffice);
  EXPECT_EQ(judgement.verdict.flip.parts_to_lose, 1);
  EXPECT_FALSE(judgement.provisional);
}

TEST(JudgeAmbition, JaarresultaatEntreeIsMetByFallback) {
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain),
                    Indicator(), PublishedFigures("jaarresultaat", "entree"), k2017);
  EXPECT_EQ(judgement.verdict.met, 5);
  EXPECT_EQ(judgement.verdict.total, 10);
  EXPECT_EQ(judgement.verdict.reason, Reason::kInstitutionValue);
  EXPECT_EQ(judgement.verdict.outcome, Outcome::kMet);
  EXPECT_EQ(judgement.verdict.explanation,
            "met by fallback: 5 of 10 colleges met it, less than 2/3, but ROC van "
            "Amsterdam/Flevoland (total): 78.0 is not "
            "below the baseline 77.6");
}

TEST(JudgeAmbition, JaarresultaatLevelTwoIsNotMet) {
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("jaarresultaat", Level::kMbo2, Direction::kHigher), Indicator(),
                    PublishedFigures("jaarresultaat", "mbo2"), k2017);
  EXPECT_EQ(judgement.verdict.met, 5);
  EXPECT_EQ(judgement.verdict.total, 11);
  EXPECT_EQ(judgement.verdict.outcome, Outcome::kNotMet);
  EXPECT_EQ(judgement.verdict.reason, Reason::kBothShort);
  EXPECT_EQ(judgement.verdict.flip.value_gap->ToString(), "0.65");
}

TEST(JudgeAmbition, NamesACollegeWithoutBaseline) {
  std::vector<Figure> figures = PublishedFigures("startersresultaat", "");
  std::erase_if(figures, [](const Figure& figure) {
    return figure.key.slice.unit_code == "7110" && figure.key.slice.period == Period{2016, false};
  });
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("startersresultaat", Level::kTotal, Direction::kRetain),
                    Indicator(), figures, k2017);
  EXPECT_THAT(judgement.left_out, testing::ElementsAre("MBO College Poort: no data"));
  EXPECT_EQ(judgement.verdict.total, 11);
}

TEST(JudgeAmbition, NamesARouteAsNoCollegeAndDoesNotCountIt) {
  std::vector<Figure> figures = PublishedFigures("startersresultaat", "");
  Figure route = figures.front();
  route.key.slice.kind = SliceKind::kOther;
  route.key.slice.unit_code = "Vakmanschapsroute ROCvA";
  route.key.slice.period = k2017;
  route.unit_name = "Vakmanschapsroute ROCvA";
  figures.push_back(route);
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("startersresultaat", Level::kTotal, Direction::kRetain),
                    Indicator(), figures, k2017);
  EXPECT_EQ(judgement.verdict.total, 12);
  EXPECT_THAT(judgement.left_out, testing::ElementsAre("Vakmanschapsroute ROCvA: no college"));
}

TEST(JudgeAmbition, TakesTheBaselineOfThePlanOverThatOfTheFigures) {
  Ambition ambition = WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain);
  ambition.institution_only = true;
  ambition.baseline_value = Decimal{781, 1};
  const Judgement judgement =
      JudgeAmbition(ambition, Indicator(), PublishedFigures("jaarresultaat", "entree"), k2017);
  EXPECT_EQ(judgement.verdict.outcome, Outcome::kNotMet);
}

TEST(JudgeAmbition, APublishedFigureGoesBeforeAnOwnEstimateInWhateverOrderTheyCome) {
  Ambition ambition = WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain);
  ambition.institution_only = true;
  std::vector<Figure> figures = PublishedFigures("jaarresultaat", "entree");
  Figure estimate = figures.back();
  ASSERT_EQ(estimate.key.slice.kind, SliceKind::kInstitution);
  estimate.key.origin = FigureOrigin::kOwnEstimate;
  estimate.value = Decimal{10, 0};
  figures.push_back(estimate);
  figures.insert(figures.begin(), estimate);
  EXPECT_EQ(JudgeAmbition(ambition, Indicator(), figures, k2017).verdict.measured->ToString(),
            "78.0");
}

TEST(JudgeAmbition, ATargetThatIsStillToBeSetIsNotJudged) {
  Ambition ambition = WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kHigher);
  ambition.targets = {{k2017, Commitment::kToBeSet, std::nullopt}};
  const Judgement judgement =
      JudgeAmbition(ambition, Indicator(), PublishedFigures("jaarresultaat", "entree"), k2017);
  EXPECT_EQ(judgement.verdict.outcome, Outcome::kNotJudged);
  EXPECT_EQ(judgement.verdict.reason, Reason::kTargetToBeSet);
}

TEST(JudgeAmbition, SaysWhenItRestsOnAProvisionalFigure) {
  std::vector<Figure> figures = PublishedFigures("jaarresultaat", "entree");
  figures.front().status = FigureStatus::kProvisional;  // 2015: neither baseline nor measurement
  const Ambition ambition = WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain);
  EXPECT_FALSE(JudgeAmbition(ambition, Indicator(), figures, k2017).provisional);
  figures.back().status = FigureStatus::kProvisional;
  EXPECT_TRUE(JudgeAmbition(ambition, Indicator(), figures, k2017).provisional);
}

TEST(JudgeAmbition, IgnoresFiguresOfOtherIndicatorsLevelsAndDefinitions) {
  std::vector<Figure> figures = PublishedFigures("jaarresultaat", "entree");
  for (const Figure& figure : PublishedFigures("jaarresultaat", "mbo2")) figures.push_back(figure);
  for (Figure figure : PublishedFigures("jaarresultaat", "entree")) {
    figure.key.definition_version = 2;
    figure.value = Decimal{1, 0};
    figures.push_back(figure);
  }
  const Judgement judgement =
      JudgeAmbition(WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain),
                    Indicator(), figures, k2017);
  EXPECT_EQ(judgement.verdict.total, 10);
  EXPECT_EQ(judgement.verdict.met, 5);
}

TEST(LastMeasuredPeriod, IsTheLastAfterTheBaseline) {
  const Ambition ambition = WorkedAmbition("jaarresultaat", Level::kEntree, Direction::kRetain);
  std::vector<Figure> figures = PublishedFigures("jaarresultaat", "entree");
  EXPECT_EQ(LastMeasuredPeriod(ambition, figures), k2017);
  std::erase_if(figures, [](const Figure& figure) {
    return figure.key.slice.period == Period{2017, false};
  });
  EXPECT_EQ(LastMeasuredPeriod(ambition, figures), std::nullopt)
      << "the baseline itself is no measurement";
}

}  // namespace
}  // namespace vsv::outcomes

#include "services/programs/domain/line_status.h"

#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

using absl::CivilDay;

const LineName kLine{{"16", "aanpak-vsv-2021"}, "3"};

LineFacts Facts() {
  LineFacts facts;
  facts.program.name = kLine.program;
  facts.line.name = kLine;
  facts.line.processes = {Process::kTransition, Process::kWarmHandover};
  facts.measures = {
      Measure{.name = {kLine, "later"},
              .title = "Later",
              .owner = OrganisationId("roc-midden-nederland"),
              .planned = {CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)}},
      Measure{.name = {kLine, "monitor"},
              .title = "Monitor",
              .owner = OrganisationId("gemeente-amersfoort"),
              .planned = {CivilDay(2021, 9, 1), CivilDay(2024, 12, 31)},
              .milestones = {{"een", "Een", CivilDay(2022, 1, 1), CivilDay(2022, 2, 1)},
                             {"twee", "Twee", CivilDay(2022, 6, 1), {}}},
              .state = MeasureState::kRunning,
              .started_on = CivilDay(2021, 9, 1)}};
  facts.counts = {
      {Process::kTransition, "SENT", OrganisationId("school-a"), CivilDay(2022, 5, 1), 7},
      {Process::kFirstYear, "SWITCHED", OrganisationId("roc-midden-nederland"),
       CivilDay(2021, 10, 1), 40}};
  facts.dossiers_as_of = absl::FromUnixSeconds(1000);
  return facts;
}

LineStatusInputs Inputs(CivilDay reference) {
  return {.reference = reference,
          .now = absl::FromUnixSeconds(1004),
          .projection_max_age = absl::Seconds(5),
          .small_group_threshold = 5,
          .figures = std::vector<Figure>()};
}

const SourceFreshness* Source(const LineStatus& status, const std::string& name) {
  for (const SourceFreshness& source : status.sources) {
    if (source.source == name) return &source;
  }
  return nullptr;
}

TEST(ComputeLineStatus, PutsWhatIsLateOldestFirstWithItsOwner) {
  const LineStatus status = ComputeLineStatus(Facts(), Inputs(CivilDay(2023, 2, 1)));
  ASSERT_EQ(status.overdue.size(), 3U);
  EXPECT_EQ(status.overdue[0].kind, OverdueKind::kTransition);
  EXPECT_EQ(status.overdue[0].owner.value(), "school-a");
  EXPECT_EQ(status.overdue[0].count, 7);
  EXPECT_EQ(status.overdue[1].kind, OverdueKind::kMilestone);
  EXPECT_EQ(status.overdue[1].title, "Monitor: Twee");
  EXPECT_EQ(status.overdue[2].kind, OverdueKind::kMeasure);
  EXPECT_EQ(status.overdue[2].title, "Later: not begun");
}

TEST(ComputeLineStatus, ShowsMeasuresAsTheyStoodOnTheDay) {
  const LineStatus status = ComputeLineStatus(Facts(), Inputs(CivilDay(2022, 1, 31)));
  ASSERT_EQ(status.measures.size(), 2U);
  EXPECT_EQ(status.measures[0].measure.name.measure, "monitor");
  EXPECT_FALSE(status.measures[0].measure.milestones[0].done_on.has_value());
  EXPECT_TRUE(status.measures[0].milestone_overdue[0]);
  EXPECT_FALSE(status.measures[0].milestone_overdue[1]);
}

TEST(ComputeLineStatus, LeavesOutProcessesTheLineDoesNotSteer) {
  const LineStatus status = ComputeLineStatus(Facts(), Inputs(CivilDay(2022, 1, 31)));
  EXPECT_TRUE(status.transition.has_value());
  EXPECT_TRUE(status.warm_handover.has_value());
  EXPECT_FALSE(status.first_year.has_value());
}

TEST(ComputeLineStatus, NamesDossiersUnavailableWhenItsCountsAreOld) {
  LineStatusInputs inputs = Inputs(CivilDay(2022, 1, 31));
  EXPECT_TRUE(Source(ComputeLineStatus(Facts(), inputs), "dossiers")->available);
  inputs.now += absl::Seconds(2);
  const LineStatus status = ComputeLineStatus(Facts(), inputs);
  EXPECT_FALSE(Source(status, "dossiers")->available);
  EXPECT_EQ(Source(status, "dossiers")->as_of, absl::FromUnixSeconds(1000));
  EXPECT_TRUE(status.transition.has_value());
}

TEST(ComputeLineStatus, WithoutAnyCountsShowsNoneRatherThanZero) {
  LineFacts facts = Facts();
  facts.dossiers_as_of.reset();
  const LineStatus status = ComputeLineStatus(facts, Inputs(CivilDay(2022, 1, 31)));
  EXPECT_FALSE(status.transition.has_value());
  EXPECT_FALSE(Source(status, "dossiers")->available);
}

TEST(ComputeLineStatus, AnswersWithoutOutcomesAndNamesIt) {
  LineFacts facts = Facts();
  facts.links = {IndicatorLink{.name = {kLine, "vsv-mbo2"}, .title = "vsv"}};
  LineStatusInputs inputs = Inputs(CivilDay(2022, 1, 31));
  inputs.figures.reset();
  const LineStatus status = ComputeLineStatus(facts, inputs);
  ASSERT_EQ(status.figures.size(), 1U);
  EXPECT_EQ(status.figures[0].explanation, "the outcomes service is unavailable");
  EXPECT_FALSE(Source(status, "outcomes")->available);
  EXPECT_EQ(status.measures.size(), 2U);
}

TEST(ComputeLineStatus, CountsResultsOfAssignmentsAsOfTheDay) {
  LineFacts facts = Facts();
  facts.assignments = {SpecialAssignment{
      .name = {kLine.program, "warme-overdracht"},
      .title = "Warme overdracht",
      .home_line = "4",
      .crossed_lines = {"3"},
      .lead = OrganisationId("roc-midden-nederland"),
      .results = {{"een", "Een", CivilDay(2022, 3, 1), ResultState::kReached, CivilDay(2022, 4, 1)},
                  {"twee", "Twee", {}, ResultState::kDropped, CivilDay(2022, 1, 1)},
                  {"drie", "Drie", {}, ResultState::kPlanned, {}}}}};
  const LineStatus before = ComputeLineStatus(facts, Inputs(CivilDay(2022, 3, 15)));
  EXPECT_FALSE(before.assignments[0].home);
  EXPECT_EQ(before.assignments[0].reached, 0);
  EXPECT_EQ(before.assignments[0].agreed, 2);
  EXPECT_EQ(before.overdue[0].kind, OverdueKind::kResult);
  const LineStatus after = ComputeLineStatus(facts, Inputs(CivilDay(2022, 4, 1)));
  EXPECT_EQ(after.assignments[0].reached, 1);
}

}  // namespace
}  // namespace vsv::programs

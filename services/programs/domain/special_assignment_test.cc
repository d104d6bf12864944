#include "services/programs/domain/special_assignment.h"

#include "libs/errors/errors.h"

#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

using absl::CivilDay;

SpecialAssignment Assignment() {
  return SpecialAssignment{.name = {{"16", "aanpak-vsv-2021"}, "warme-overdracht"},
                           .title = "Warme overdracht",
                           .home_line = "4",
                           .crossed_lines = {"1", "3"},
                           .lead = OrganisationId("roc-midden-nederland"),
                           .results = {{.id = "behoefte-bekend", .title = "Behoefte bekend"},
                                       {.id = "afspraken", .title = "Afspraken gemaakt"}}};
}

ResultReport Reached(CivilDay day) {
  return {.result = "afspraken", .state = ResultState::kReached, .day = day, .note = ""};
}

TEST(ReportResult, ChangesTheOneResult) {
  const SpecialAssignment reported = *Report(Assignment(), Reached(CivilDay(2023, 5, 1)));
  EXPECT_EQ(reported.results[0].state, ResultState::kPlanned);
  EXPECT_EQ(reported.results[1].state, ResultState::kReached);
  EXPECT_EQ(reported.results[1].reported_on, CivilDay(2023, 5, 1));
}

TEST(ReportResult, IsRefusedAfterTheEnd) {
  const SpecialAssignment reported = *Report(Assignment(), Reached(CivilDay(2023, 5, 1)));
  EXPECT_EQ(errors::ReasonOf(Report(reported, Reached(CivilDay(2023, 6, 1))).status()),
            "STATE_CONFLICT");
}

TEST(ReportResult, IsRefusedBackInTime) {
  ResultReport begun = Reached(CivilDay(2023, 5, 1));
  begun.state = ResultState::kInProgress;
  const SpecialAssignment reported = *Report(Assignment(), begun);
  EXPECT_FALSE(Report(reported, Reached(CivilDay(2023, 4, 30))).ok());
  EXPECT_TRUE(Report(reported, Reached(CivilDay(2023, 5, 1))).ok());
}

TEST(ReportResult, IsRefusedForWhatIsNotThere) {
  ResultReport report = Reached(CivilDay(2023, 5, 1));
  report.result = "iets-anders";
  EXPECT_EQ(errors::ReasonOf(Report(Assignment(), report).status()), "FIELD_INVALID");
}

TEST(Redraft, KeepsWhatWasReported) {
  const SpecialAssignment reported = *Report(Assignment(), Reached(CivilDay(2023, 5, 1)));
  SpecialAssignment changed = Assignment();
  changed.title = "Betere overstap";
  const SpecialAssignment redrafted = *Redraft(reported, changed);
  EXPECT_EQ(redrafted.title, "Betere overstap");
  EXPECT_EQ(redrafted.results, reported.results);
  changed.results.pop_back();
  EXPECT_EQ(errors::ReasonOf(Redraft(reported, changed).status()), "STATE_CONFLICT");
}

TEST(LinesOf, BeginsAtHome) {
  EXPECT_EQ(LinesOf(Assignment()), (std::vector<std::string>{"4", "1", "3"}));
}

}  // namespace
}  // namespace vsv::programs

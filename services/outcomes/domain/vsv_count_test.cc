// The decision about one pupil: every code, its edges, and the order of precedence.
#include "services/outcomes/domain/vsv_count.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

namespace vsv::outcomes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const absl::CivilDay kCountDate(2014, 10, 1);

// In A, and nothing takes the pupil out.
PupilFacts Leaver() {
  PupilFacts facts;
  facts.age_at_count = 18;
  facts.enrolled = true;
  facts.funded = true;
  facts.level = Level::kMbo2;
  return facts;
}

CountDecision DecideOn(const std::function<void(PupilFacts&)>& change) {
  PupilFacts facts = Leaver();
  change(facts);
  return Decide(CountRule(), kCountDate, facts);
}

std::vector<std::string> Names(const CountDecision& decision) {
  std::vector<std::string> names;
  for (const CountCode code : decision.matches) names.emplace_back(CountCodeName(code));
  return names;
}

TEST(Decide, WhoIsInPopulationAndNowhereNextYearIsANewEarlyLeaver) {
  const CountDecision decision = DecideOn([](PupilFacts&) {});
  EXPECT_EQ(decision.outcome, CountOutcome::kEarlyLeaver);
  EXPECT_FALSE(decision.deciding.has_value());
  EXPECT_THAT(decision.matches, IsEmpty());
}

TEST(Decide, PopulationAIsUnderTwentyTwoEnrolledFundedAndInMbo) {
  struct Case {
    const char* what;
    std::function<void(PupilFacts&)> change;
    bool counted;
  };

  const std::vector<Case> cases = {
      {"21 years", [](PupilFacts& f) { f.age_at_count = 21; }, true},
      {"22 years", [](PupilFacts& f) { f.age_at_count = 22; }, false},
      {"not enrolled", [](PupilFacts& f) { f.enrolled = false; }, false},
      {"not funded", [](PupilFacts& f) { f.funded = false; }, false},
      {"entree", [](PupilFacts& f) { f.level = Level::kEntree; }, true},
      {"mbo 3", [](PupilFacts& f) { f.level = Level::kMbo3; }, true},
      {"mbo 4", [](PupilFacts& f) { f.level = Level::kMbo4; }, true},
      {"vavo is counted by its own rule", [](PupilFacts& f) { f.level = Level::kVavo; }, false},
      {"vo is counted by its own rule", [](PupilFacts& f) { f.level = Level::kVmboUpper; }, false},
  };
  for (const Case& c : cases) {
    const CountDecision decision = DecideOn(c.change);
    EXPECT_EQ(decision.outcome != CountOutcome::kOutsidePopulation, c.counted) << c.what;
  }
}

TEST(Decide, GathersNothingAboutWhoIsOutsideThePopulation) {
  const CountDecision decision = DecideOn([](PupilFacts& f) {
    f.age_at_count = 30;
    f.exempted_at_next = true;
    f.education_at_next = {CountCode::kC7};
  });
  EXPECT_EQ(decision.outcome, CountOutcome::kOutsidePopulation);
  EXPECT_THAT(decision.matches, IsEmpty()) << "no fact is kept that the count does not need";
}

TEST(Decide, WhereSomebodyLivesIsB1OrB2) {
  struct Case {
    Whereabouts at_count, at_next;
    std::vector<std::string> codes;
  };
  using enum Whereabouts;
  const std::vector<Case> cases = {
      {kNetherlands, kNetherlands, {}},
      {kNetherlands, kDied, {"B1"}},
      {kNetherlands, kEmigrated, {"B1"}},
      {kNetherlands, kAbroad, {"B2"}},
      {kNetherlands, kNoFixedAddress, {"B2"}},
      {kAbroad, kNetherlands, {"B2"}},
      {kNoFixedAddress, kNetherlands, {"B2"}},
      {kAbroad, kAbroad, {"B2"}},
      {kNoFixedAddress, kEmigrated, {"B1", "B2"}},
      {kAbroad, kDied, {"B1", "B2"}},
  };
  for (const Case& c : cases) {
    const CountDecision decision = DecideOn([&](PupilFacts& f) {
      f.at_count = c.at_count;
      f.at_next = c.at_next;
    });
    EXPECT_EQ(Names(decision), c.codes);
  }
}

TEST(Decide, DiplomasDecideByTheirKindAndDay) {
  struct Case {
    absl::CivilDay obtained_on;
    std::vector<std::string> codes;
    DiplomaKind kind;
    bool working;
  };
  using enum DiplomaKind;
  const std::vector<Case> cases = {
      // Year t runs from 1 October 2014 up to and including 30 September 2015.
      {absl::CivilDay(2014, 10, 1), {"D1"}, kMbo2OrHigher, false},
      {absl::CivilDay(2015, 9, 30), {"D1"}, kMbo2OrHigher, false},
      {absl::CivilDay(2015, 6, 20), {"D1"}, kHavoOrVwo, false},
      {absl::CivilDay(2014, 9, 30), {"D2"}, kMbo2OrHigher, false},
      {absl::CivilDay(2004, 1, 1), {"D2"}, kMbo2OrHigher, false},
      {absl::CivilDay(2003, 12, 31), {}, kMbo2OrHigher, false},
      {absl::CivilDay(2014, 9, 30), {"D3"}, kHavoOrVwo, false},
      {absl::CivilDay(1998, 8, 1), {"D3"}, kHavoOrVwo, false},
      {absl::CivilDay(1998, 7, 31), {}, kHavoOrVwo, false},
      // Late: October to December after t+1.
      {absl::CivilDay(2015, 10, 1), {"D4"}, kMbo2OrHigher, false},
      {absl::CivilDay(2015, 12, 31), {"D4"}, kHavoOrVwo, false},
      {absl::CivilDay(2016, 1, 1), {}, kMbo2OrHigher, false},
      // An entree diploma is no startkwalificatie; with work it is enough.
      {absl::CivilDay(2015, 6, 1), {}, kEntree, false},
      {absl::CivilDay(2015, 6, 1), {"D5"}, kEntree, true},
      {absl::CivilDay(2010, 6, 1), {"D5"}, kEntree, true},
      {absl::CivilDay(2015, 9, 30), {"D5"}, kEntree, true},
      {absl::CivilDay(2015, 10, 1), {}, kEntree, true},
  };
  for (const Case& c : cases) {
    const CountDecision decision = DecideOn([&](PupilFacts& f) {
      f.diplomas = {{c.kind, c.obtained_on}};
      f.working_at_next = c.working;
    });
    EXPECT_EQ(Names(decision), c.codes) << c.obtained_on;
  }
}

TEST(Decide, WorkAloneTakesNobodyOut) {
  EXPECT_EQ(DecideOn([](PupilFacts& f) { f.working_at_next = true; }).outcome,
            CountOutcome::kEarlyLeaver);
}

// Makes exactly this code apply.
void MakeApply(CountCode code, PupilFacts& facts) {
  switch (code) {
    case CountCode::kB1:
      facts.at_next = Whereabouts::kDied;
      break;
    case CountCode::kB2:
      facts.at_count = Whereabouts::kNoFixedAddress;
      break;
    case CountCode::kB3:
      facts.exempted_at_next = true;
      break;
    case CountCode::kD1:
      facts.diplomas.push_back({DiplomaKind::kMbo2OrHigher, absl::CivilDay(2015, 7, 1)});
      break;
    case CountCode::kD2:
      facts.diplomas.push_back({DiplomaKind::kMbo2OrHigher, absl::CivilDay(2012, 7, 1)});
      break;
    case CountCode::kD3:
      facts.diplomas.push_back({DiplomaKind::kHavoOrVwo, absl::CivilDay(2013, 7, 1)});
      break;
    case CountCode::kD4:
      facts.diplomas.push_back({DiplomaKind::kMbo2OrHigher, absl::CivilDay(2015, 11, 1)});
      break;
    case CountCode::kD5:
      facts.working_at_next = true;
      facts.diplomas.push_back({DiplomaKind::kEntree, absl::CivilDay(2014, 7, 1)});
      break;
    default:
      facts.education_at_next.push_back(code);
  }
}

TEST(Decide, EachCodeAloneDecides) {
  for (const CountCode code : kCountCodes) {
    const CountDecision decision = DecideOn([code](PupilFacts& f) { MakeApply(code, f); });
    EXPECT_EQ(decision.outcome, CountOutcome::kAccountedFor) << CountCodeName(code);
    EXPECT_EQ(decision.deciding, code) << CountCodeName(code);
    EXPECT_THAT(decision.matches, ElementsAre(code)) << CountCodeName(code);
  }
}

TEST(Decide, OfEveryPairTheEarlierCodeDecidesAndBothAreKept) {
  for (size_t first = 0; first < kCountCodes.size(); ++first) {
    for (size_t second = first + 1; second < kCountCodes.size(); ++second) {
      const CountDecision decision = DecideOn([&](PupilFacts& f) {
        // The later one first: the order of the facts must not matter.
        MakeApply(kCountCodes[second], f);
        MakeApply(kCountCodes[first], f);
      });
      EXPECT_EQ(decision.deciding, kCountCodes[first]);
      EXPECT_THAT(decision.matches, ElementsAre(kCountCodes[first], kCountCodes[second]));
    }
  }
}

TEST(Decide, KeepsAllEighteenMatchesInTheOrderOfTheFormula) {
  const CountDecision decision = DecideOn([](PupilFacts& f) {
    std::vector<CountCode> backwards(kCountCodes.rbegin(), kCountCodes.rend());
    for (const CountCode code : backwards) MakeApply(code, f);
  });
  EXPECT_EQ(decision.deciding, CountCode::kB1);
  EXPECT_THAT(decision.matches, testing::ElementsAreArray(kCountCodes));
}

TEST(CountCode, NamesAreReadBackAndSayTheTerm) {
  std::string terms;
  for (const CountCode code : kCountCodes) {
    EXPECT_EQ(CountCodeFromName(CountCodeName(code)), code);
    terms.push_back(TermOf(code));
  }
  EXPECT_EQ(terms, "BBBCCCCCCCCCCDDDDD");
  EXPECT_FALSE(CountCodeFromName("C10").has_value()) << "the law's own numbering skips it";
}

}  // namespace
}  // namespace vsv::outcomes

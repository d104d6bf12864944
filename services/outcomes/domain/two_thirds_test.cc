#include "services/outcomes/domain/two_thirds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace vsv::outcomes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Unit College(const std::string& code, std::optional<Decimal> baseline,
             std::optional<Decimal> measured) {
  return {UnitKind::kCollege, code, "College " + code, baseline, measured, {}};
}

// `met` colleges rise from 50 to 51, the others fall to 49; RETAIN.
Unit Institution(int met, int total) {
  Unit unit;
  unit.name = "ROC";
  for (int i = 0; i < total; ++i) {
    unit.parts.push_back(College(std::to_string(i), Decimal{50, 0}, Decimal{i < met ? 51 : 49, 0}));
  }
  return unit;
}

TEST(AtLeastTwoThirds, ComparesInIntegersForEverySmallNumberOfParts) {
  for (int total = 1; total <= 60; ++total) {
    for (int met = 0; met <= total; ++met) {
      EXPECT_EQ(AtLeastTwoThirds(met, total), met * 3 >= total + total) << met << " of " << total;
    }
  }
  EXPECT_TRUE(AtLeastTwoThirds(2, 3));
  EXPECT_TRUE(AtLeastTwoThirds(8, 12));
  EXPECT_FALSE(AtLeastTwoThirds(7, 11));
  EXPECT_FALSE(AtLeastTwoThirds(0, 0)) << "nothing of nothing";
}

TEST(Reaches, ByDirectionAndWhatIsBetter) {
  struct Case {
    Direction direction;
    Better better;
    int measured;  // baseline is 50
    bool reached;
  };
  using enum Direction;
  const std::vector<Case> cases = {
      {kHigher, Better::kHigher, 51, true},  {kHigher, Better::kHigher, 50, false},
      {kHigher, Better::kHigher, 49, false}, {kLower, Better::kLower, 49, true},
      {kLower, Better::kLower, 50, false},   {kLower, Better::kLower, 51, false},
      {kRetain, Better::kHigher, 50, true},  {kRetain, Better::kHigher, 51, true},
      {kRetain, Better::kHigher, 49, false}, {kRetain, Better::kLower, 50, true},
      {kRetain, Better::kLower, 49, true},   {kRetain, Better::kLower, 51, false},
  };
  for (const Case& c : cases) {
    Goal goal;
    goal.direction = c.direction;
    goal.better = c.better;
    EXPECT_EQ(Reaches(goal, Decimal{50, 0}, Decimal{c.measured, 0}), c.reached)
        << static_cast<int>(c.direction) << " " << c.measured;
  }
}

TEST(Reaches, WithATargetTheTargetIsTheBarAndEqualSuffices) {
  Goal goal;
  goal.direction = Direction::kHigher;
  goal.target = Decimal{69, 1};
  EXPECT_EQ(Reaches(goal, std::nullopt, Decimal{690, 2}), true);
  EXPECT_EQ(Reaches(goal, std::nullopt, Decimal{689, 2}), false);
  goal.direction = Direction::kLower;
  EXPECT_EQ(Reaches(goal, Decimal{1, 0}, Decimal{69, 1}), true);
  EXPECT_EQ(Reaches(goal, Decimal{1, 0}, Decimal{70, 1}), false);
  goal.target.reset();
  EXPECT_EQ(Reaches(goal, std::nullopt, Decimal{70, 1}), std::nullopt);
}

TEST(Judge, IsMetExactlyAtTwoThirds) {
  const Verdict verdict = Judge(Goal(), Institution(8, 12));
  EXPECT_EQ(verdict.outcome, Outcome::kMet);
  EXPECT_EQ(verdict.reason, Reason::kPartsSuffice);
  EXPECT_EQ(verdict.explanation, "met: 8 of 12 colleges met it, exactly 2/3");
  EXPECT_EQ(verdict.flip.parts_to_lose, 1);
  EXPECT_EQ(verdict.flip.parts_needed, 0);
}

TEST(Judge, FallsBackOnTheInstitutionValue) {
  Unit unit = Institution(5, 10);
  unit.baseline = Decimal{776, 1};
  unit.measured = Decimal{780, 1};
  const Verdict verdict = Judge(Goal(), unit);
  EXPECT_EQ(verdict.outcome, Outcome::kMet);
  EXPECT_EQ(verdict.reason, Reason::kInstitutionValue);
  EXPECT_EQ(verdict.flip.parts_needed, 2) << "7 of 10 would be two thirds";
  EXPECT_EQ(verdict.flip.value_gap->ToString(), "-0.5") << "77.5 would be below 77.6";
}

TEST(Judge, IsNotMetWhenNeitherPartsNorValueSuffice) {
  Unit unit = Institution(5, 11);
  unit.baseline = Decimal{6878, 2};
  unit.measured = Decimal{6814, 2};
  Goal goal;
  goal.direction = Direction::kHigher;
  const Verdict verdict = Judge(goal, unit);
  EXPECT_EQ(verdict.outcome, Outcome::kNotMet);
  EXPECT_EQ(verdict.reason, Reason::kBothShort);
  EXPECT_EQ(verdict.flip.parts_needed, 3);
  EXPECT_EQ(verdict.flip.value_gap->ToString(), "0.65") << "HIGHER needs 68.79, more than 68.78";
}

TEST(Judge, NamesUnitsWithoutDataAndDoesNotCountThem) {
  Unit unit = Institution(2, 3);
  unit.parts.push_back(College("9", std::nullopt, Decimal{60, 0}));
  unit.parts.push_back(College("10", Decimal{60, 0}, std::nullopt));
  const Verdict verdict = Judge(Goal(), unit);
  EXPECT_EQ(verdict.total, 3);
  EXPECT_EQ(verdict.outcome, Outcome::kMet);
  EXPECT_THAT(verdict.left_out, ElementsAre("College 9", "College 10"));
}

TEST(Judge, WithoutAnyDataIsNotJudged) {
  const Verdict verdict = Judge(Goal(), Unit());
  EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
  EXPECT_EQ(verdict.reason, Reason::kNoData);
}

TEST(Judge, WithoutInstitutionValueThereIsNothingToFallBackOn) {
  const Verdict verdict = Judge(Goal(), Institution(1, 3));
  EXPECT_EQ(verdict.outcome, Outcome::kNotMet);
  EXPECT_EQ(verdict.reason, Reason::kPartsShort);
  EXPECT_FALSE(verdict.flip.value_gap.has_value());
}

TEST(Judge, AnIndicatorOfTheInstitutionAloneIgnoresItsParts) {
  Unit unit = Institution(3, 3);
  unit.baseline = Decimal{50, 0};
  unit.measured = Decimal{49, 0};
  Goal goal;
  goal.institution_only = true;
  const Verdict verdict = Judge(goal, unit);
  EXPECT_EQ(verdict.outcome, Outcome::kNotMet);
  EXPECT_EQ(verdict.reason, Reason::kOwnValue);
  EXPECT_THAT(verdict.parts, IsEmpty());
}

TEST(Judge, ACollegeMetItWhenTwoThirdsOfItsTeamsContributed) {
  Unit unit;
  Unit college =
      College("A", Decimal{50, 0}, Decimal{10, 0});  // its own value does not matter: it has teams
  for (const int measured : {51, 51, 49}) {
    college.parts.push_back({UnitKind::kTeam,
                             std::to_string(measured),
                             "Team",
                             Decimal{50, 0},
                             Decimal{measured, 0},
                             {}});
  }
  Unit other = College("B", Decimal{50, 0}, Decimal{60, 0});
  other.parts.push_back({UnitKind::kTeam, "b1", "Team b1", Decimal{50, 0}, Decimal{51, 0}, {}});
  other.parts.push_back({UnitKind::kTeam, "b2", "Team b2", Decimal{50, 0}, Decimal{49, 0}, {}});
  unit.parts = {college, other};
  const Verdict verdict = Judge(Goal(), unit);
  ASSERT_EQ(verdict.parts.size(), 2U);
  EXPECT_EQ(verdict.parts[0].outcome, Outcome::kMet) << "2 of 3 teams";
  EXPECT_EQ(verdict.parts[1].outcome, Outcome::kNotMet)
      << "1 of 2 teams, and no fallback for a college";
  EXPECT_EQ(verdict.met, 1);
  EXPECT_EQ(verdict.outcome, Outcome::kNotMet);
}

TEST(Judge, ACollegeWhoseTeamsHaveNoDataIsJudgedByItsOwnValue) {
  Unit college = College("A", Decimal{50, 0}, Decimal{50, 0});
  college.parts.push_back({UnitKind::kTeam, "a1", "Team a1", std::nullopt, std::nullopt, {}});
  Unit unit;
  unit.parts = {college};
  const Verdict verdict = Judge(Goal(), unit);
  EXPECT_EQ(verdict.outcome, Outcome::kMet);
  EXPECT_EQ(verdict.parts[0].reason, Reason::kOwnValue);
  EXPECT_THAT(verdict.parts[0].left_out, ElementsAre("Team a1"));
}

TEST(Judge, ATargetIsTheInstitutionsAndPartsContributeByTheirOwnBaseline) {
  Unit unit = Institution(1, 3);
  unit.baseline = Decimal{50, 0};
  unit.measured = Decimal{55, 0};
  Goal goal;
  goal.direction = Direction::kHigher;
  goal.target = Decimal{55, 0};
  EXPECT_EQ(Judge(goal, unit).outcome, Outcome::kMet);
  goal.target = Decimal{551, 1};
  EXPECT_EQ(Judge(goal, unit).outcome, Outcome::kNotMet);
  EXPECT_EQ(Judge(goal, unit).met, 1)
      << "51 is above its own baseline 50, below the institution's target";
}

// What is said to flip the verdict does flip it, and nothing less does.
TEST(Judge, WhatIsSaidToFlipItDoes) {
  for (int total = 1; total <= 20; ++total) {
    for (int met = 0; met <= total; ++met) {
      const Verdict verdict = Judge(Goal(), Institution(met, total));
      const bool is_met = verdict.outcome == Outcome::kMet;
      const int turn = is_met ? -verdict.flip.parts_to_lose : verdict.flip.parts_needed;
      ASSERT_NE(turn, 0);
      EXPECT_NE(Judge(Goal(), Institution(met + turn, total)).outcome, verdict.outcome);
      EXPECT_EQ(Judge(Goal(), Institution(met + turn + (is_met ? 1 : -1), total)).outcome,
                verdict.outcome);
      EXPECT_EQ(verdict.flip.nearest_parts.size(), static_cast<size_t>(is_met ? -turn : turn));
    }
  }
}

TEST(Judge, ChangingTheValueByTheGapTurnsTheFallback) {
  for (const Direction direction : {Direction::kHigher, Direction::kRetain, Direction::kLower}) {
    for (const Better better : {Better::kHigher, Better::kLower}) {
      for (int64_t measured = 495; measured <= 505; ++measured) {
        Goal goal;
        goal.direction = direction;
        goal.better = better;
        goal.institution_only = true;
        Unit unit;
        unit.baseline = Decimal{500, 1};
        unit.measured = Decimal{measured, 1};
        const Verdict before = Judge(goal, unit);
        const int64_t gap = before.flip.value_gap->unscaled;
        unit.measured = Decimal{measured + gap, 1};
        EXPECT_NE(Judge(goal, unit).outcome, before.outcome) << measured;
        unit.measured = Decimal{measured + gap + (gap > 0 ? -1 : 1), 1};
        if (gap != 0) {
          EXPECT_EQ(Judge(goal, unit).outcome, before.outcome) << measured;
        }
      }
    }
  }
}

TEST(Judge, NamesTheNearestPartsFirst) {
  Unit unit;
  unit.parts = {College("far", Decimal{50, 0}, Decimal{40, 0}),
                College("near", Decimal{50, 0}, Decimal{499, 1}),
                College("middle", Decimal{50, 0}, Decimal{45, 0})};
  EXPECT_THAT(Judge(Goal(), unit).flip.nearest_parts, ElementsAre("near", "middle"));
}

}  // namespace
}  // namespace vsv::outcomes

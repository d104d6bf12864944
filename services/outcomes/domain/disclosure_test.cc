#include "services/outcomes/domain/disclosure.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {
namespace {

using Table = std::vector<CountCell>;
using Shown = std::vector<bool>;

TEST(SafeToPublish, NeedsBothTheLeaversAndTheOthersToBeNoSmallGroup) {
  EXPECT_TRUE(SafeToPublish({10, 5}, 5));
  EXPECT_FALSE(SafeToPublish({10, 4}, 5));
  EXPECT_FALSE(SafeToPublish({10, 6}, 5));
  EXPECT_FALSE(SafeToPublish({4, 2}, 5));
  EXPECT_FALSE(SafeToPublish({1000, 0}, 5)) << "0% says the same of everybody";
  EXPECT_FALSE(SafeToPublish({1000, 1000}, 5)) << "100% says the same of everybody";
}

TEST(PlanPublication, ShowsATableOfLargeCellsWhole) {
  const Publication plan = PlanPublication(Table{{100, 10}, {200, 20}, {300, 5}}, 5);
  EXPECT_TRUE(plan.total);
  EXPECT_EQ(plan.cells, (Shown{true, true, true}));
}

TEST(PlanPublication, WithholdsASecondCellSoThatTheFirstIsNoDifference) {
  const Publication plan = PlanPublication(Table{{100, 10}, {200, 3}, {300, 30}}, 5);
  EXPECT_TRUE(plan.total);
  EXPECT_EQ(plan.cells, (Shown{false, false, true})) << "the smallest other cell goes along";
}

TEST(PlanPublication, GoesOnUntilTheWithheldGroupIsItselfNoSmallGroup) {
  // The two small cells together hold three leavers: their sum is computable and must not be small
  // either.
  const Publication plan = PlanPublication(Table{{40, 1}, {60, 2}, {300, 30}, {400, 40}}, 5);
  EXPECT_EQ(plan.cells, (Shown{false, false, false, true}));
}

TEST(PlanPublication, ShowsNothingWhenTheTotalItselfIsSmall) {
  const Publication plan = PlanPublication(Table{{100, 2}, {200, 2}}, 5);
  EXPECT_FALSE(plan.total);
  EXPECT_EQ(plan.cells, (Shown{false, false}));
}

TEST(PlanPublication, OfAnEmptyTableShowsNothing) {
  const Publication plan = PlanPublication(Table{}, 5);
  EXPECT_FALSE(plan.total);
  EXPECT_TRUE(plan.cells.empty());
}

// What an outsider sees of a table.
std::string Response(const Table& table, const Publication& plan) {
  std::string seen;
  CountCell total;
  for (size_t i = 0; i < table.size(); ++i) {
    total.population += table[i].population;
    total.early_leavers += table[i].early_leavers;
    absl::StrAppend(
        &seen, plan.cells[i] ? absl::StrCat(table[i].population, ":", table[i].early_leavers) : "x",
        " ");
  }
  return absl::StrCat(seen, "= ",
                      plan.total ? absl::StrCat(total.population, ":", total.early_leavers) : "x");
}

// The strongest attacker of the catalogue: knows the threshold and this very algorithm, and solves
// by exhaustion over all tables with `slices` cells of at most `largest` members. Every withheld
// number must be left with more than one solution. Responses whose withheld cells hold more than
// `largest` members together are left out: there the bound of the enumeration, which no attacker
// knows, would rule out solutions.
class Attack {
 public:
  using Planner = std::function<Publication(const Table&)>;

  Attack(size_t slices, int64_t largest, Planner planner)
      : table_(slices), largest_(largest), planner_(std::move(planner)) {
    Enumerate(0);
  }

  // Withheld cells of which the population or the leavers have a single solution, described.
  std::vector<std::string> Exposed() const {
    std::vector<std::string> exposed;
    for (const auto& [response, solutions] : by_response_) {
      if (!Attackable(response, solutions)) continue;
      for (size_t i = 0; i < table_.size(); ++i) {
        if (solutions.shown[i]) continue;
        if (solutions.leavers[i].size() > 1 && solutions.populations[i].size() > 1) continue;
        exposed.push_back(absl::StrCat("cell ", i, " of ", response));
      }
    }
    return exposed;
  }

  int64_t Attacked() const {
    int64_t attacked = 0;
    for (const auto& [response, solutions] : by_response_) {
      if (Attackable(response, solutions)) ++attacked;
    }
    return attacked;
  }

 private:
  struct Solutions {
    std::vector<std::set<int64_t>> populations, leavers;
    Shown shown;
    int64_t withheld_members = 0;
  };

  bool Attackable(const std::string& response, const Solutions& solutions) const {
    return absl::StrContains(response, "x") && !absl::EndsWith(response, "x") &&
           solutions.withheld_members <= largest_;
  }

  void Enumerate(size_t slice) {
    if (slice == table_.size()) {
      Record();
      return;
    }
    for (int64_t population = 0; population <= largest_; ++population) {
      for (int64_t leavers = 0; leavers <= population; ++leavers) {
        table_[slice] = {population, leavers};
        Enumerate(slice + 1);
      }
    }
  }

  void Record() {
    const Publication plan = planner_(table_);
    Solutions& solutions = by_response_[Response(table_, plan)];
    solutions.populations.resize(table_.size());
    solutions.leavers.resize(table_.size());
    solutions.shown = plan.cells;
    solutions.withheld_members = 0;
    for (size_t i = 0; i < table_.size(); ++i) {
      if (!plan.cells[i]) solutions.withheld_members += table_[i].population;
      solutions.populations[i].insert(table_[i].population);
      solutions.leavers[i].insert(table_[i].early_leavers);
    }
  }

  Table table_;
  int64_t largest_;
  Planner planner_;
  std::map<std::string, Solutions> by_response_;
};

Attack::Planner Ours(int64_t threshold) {
  return [threshold](const Table& table) { return PlanPublication(table, threshold); };
}

TEST(PlanPublication, WithstandsExhaustionOverTwoSlices) {
  const Attack attack(2, 16, Ours(3));
  EXPECT_THAT(attack.Exposed(), testing::IsEmpty());
  EXPECT_GT(attack.Attacked(), 5) << "the attack must have had something to attack";
}

TEST(PlanPublication, WithstandsExhaustionOverThreeSlices) {
  const Attack attack(3, 10, Ours(2));
  EXPECT_THAT(attack.Exposed(), testing::IsEmpty());
  EXPECT_GT(attack.Attacked(), 20);
}

TEST(PlanPublication, WithstandsExhaustionOverFourSlices) {
  const Attack attack(4, 6, Ours(2));
  EXPECT_THAT(attack.Exposed(), testing::IsEmpty());
  EXPECT_GT(attack.Attacked(), 20);
}

// The attack has teeth: primary suppression alone falls to a subtraction, ...
TEST(PrimarySuppressionAlone, FallsToTheSameAttack) {
  const Attack attack(3, 8, [](const Table& table) {
    Publication plan;
    CountCell total;
    for (const CountCell& cell : table) {
      total.population += cell.population;
      total.early_leavers += cell.early_leavers;
      plan.cells.push_back(SafeToPublish(cell, 2));
    }
    plan.total = SafeToPublish(total, 2);
    if (!plan.total) plan.cells.assign(table.size(), false);
    return plan;
  });
  EXPECT_FALSE(attack.Exposed().empty());
}

// ... and so does withholding just one cell more, when the two together are still small.
TEST(WithholdingTwoCellsWithoutLookingAtTheirSum, FallsToTheSameAttack) {
  const Attack attack(3, 8, [](const Table& table) {
    Publication plan = PlanPublication(table, 2);
    if (!plan.total) return plan;
    for (size_t i = 0; i < table.size(); ++i) plan.cells[i] = SafeToPublish(table[i], 2);
    if (std::count(plan.cells.begin(), plan.cells.end(), false) == 1) {
      *std::find(plan.cells.begin(), plan.cells.end(), true) = false;
    }
    return plan;
  });
  EXPECT_FALSE(attack.Exposed().empty());
}

}  // namespace
}  // namespace vsv::outcomes

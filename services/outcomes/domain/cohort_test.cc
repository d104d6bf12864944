#include "services/outcomes/domain/cohort.h"

#include "services/outcomes/domain/vsv_norms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {
namespace {

// All cells of at most 60 of whom at most 12 are folded: what is told must be true whichever of
// them B takes out, or else be left out.
template <typename Judge>
void ForEveryCell(Judge judge) {
  for (int64_t most = 1; most <= 60; ++most) {
    for (int64_t folded = 0; folded <= std::min<int64_t>(12, most); ++folded) {
      const int64_t least = most - folded;
      for (int64_t leavers = 0; leavers <= least; ++leavers) judge(ToldCell{least, most, leavers});
    }
  }
}

TEST(ToldCell, ThePercentageIsThatOfEveryDenominatorItMayHave) {
  int told = 0;
  ForEveryCell([&told](const ToldCell& cell) {
    const std::optional<Decimal> percent = cell.Percent();
    if (cell.least == cell.most) {
      EXPECT_EQ(percent->scale, 2);
    }
    if (!percent.has_value()) return;
    ++told;
    for (int64_t denominator = cell.least; denominator <= cell.most; ++denominator) {
      ASSERT_GT(denominator, 0);
      EXPECT_EQ(*percent, Percentage(cell.early_leavers, denominator, percent->scale));
    }
  });
  EXPECT_GT(told, 0);
}

TEST(ToldCell, TheNormIsMetByEveryDenominatorItMayHaveOrByNone) {
  const Decimal norm{275, 2};
  ForEveryCell([&norm](const ToldCell& cell) {
    const std::optional<bool> meets = cell.Meets(norm);
    if (!meets.has_value()) return;
    for (int64_t denominator = cell.least; denominator <= cell.most; ++denominator) {
      EXPECT_EQ(*meets, MeetsNorm(Percentage(cell.early_leavers, denominator, 2), norm));
    }
  });
  EXPECT_EQ((ToldCell{36, 37, 1}.Meets(norm)), std::nullopt) << "2.78 or 2.70";
}

TEST(ToldCell, ADenominatorIsToldWhereThereIsOne) {
  EXPECT_EQ((ToldCell{5, 5, 1}.Denominator()), 5);
  EXPECT_EQ((ToldCell{4, 5, 1}.Denominator()), std::nullopt);
  EXPECT_EQ((ToldCell{0, 1, 0}.Percent()), std::nullopt) << "0% would tell that one is left";
}

// One slice in which ten have left and ten study; three more have a folded code.
SliceCount SliceWith(const std::string& name, CountCode folded) {
  SliceCount slice;
  slice.slice = name;
  slice.Add({CountOutcome::kEarlyLeaver, std::nullopt, {}}, 10);
  slice.Add({CountOutcome::kAccountedFor, CountCode::kC1, {CountCode::kC1}}, 10);
  slice.Add({CountOutcome::kAccountedFor, folded, {folded}}, 3);
  return slice;
}

TEST(Publish, TellsNobodyWhichOfTheFoldedCodesItIs) {
  const auto table = [](CountCode folded) {
    std::vector<std::optional<ToldCell>> cells;
    for (const PublishedRow& row :
         Publish({SliceWith("mbo2", folded), SliceWith("mbo3", CountCode::kC8)}, 5)) {
      cells.push_back(row.cell);
    }
    return cells;
  };
  const auto exempted = table(CountCode::kB3);
  ASSERT_EQ(exempted.size(), 3U);
  EXPECT_EQ(exempted[0], (ToldCell{40, 46, 20}));
  EXPECT_EQ(exempted[1], (ToldCell{20, 23, 10}));
  EXPECT_EQ(exempted, table(CountCode::kC7));
}

TEST(IsFolded, APupilWithAnyOfTheReasonsIsWhateverElseAppliesAndDecides) {
  CountDecision decision;
  decision.outcome = CountOutcome::kAccountedFor;
  decision.matches = {CountCode::kC1, CountCode::kC7};
  decision.deciding = CountCode::kC1;
  EXPECT_TRUE(IsFolded(decision));
  SliceCount slice;
  slice.Add(decision, 3);
  EXPECT_EQ(slice.folded, 3);
  EXPECT_EQ(slice.open.population, 0);
  decision.matches = {CountCode::kC1};
  EXPECT_FALSE(IsFolded(decision));
}

}  // namespace
}  // namespace vsv::outcomes

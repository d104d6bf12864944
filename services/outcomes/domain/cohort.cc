#include "services/outcomes/domain/cohort.h"

#include "absl/strings/string_view.h"

namespace vsv::outcomes {
namespace {

CountCell CellOfTotals(const CountTotals& totals) {
  return {totals.Denominator(), totals.EarlyLeavers()};
}

}  // namespace

SliceCount TotalOf(absl::Span<const SliceCount> slices) {
  SliceCount total;
  total.slice = "total";
  for (const SliceCount& slice : slices) {
    total.totals.population += slice.totals.population;
    total.outside_population += slice.outside_population;
    for (size_t i = 0; i < kCountCodes.size(); ++i) {
      total.totals.by_code[i] += slice.totals.by_code[i];
    }
  }
  return total;
}

std::vector<PublishedRow> Publish(absl::Span<const SliceCount> by_level, int64_t threshold) {
  std::vector<CountCell> table;
  table.reserve(by_level.size());
  for (const SliceCount& slice : by_level) table.push_back(CellOfTotals(slice.totals));
  const Publication plan = PlanPublication(table, threshold);

  std::vector<PublishedRow> rows;
  rows.push_back({"total", std::nullopt});
  if (plan.total) rows.front().cell = CellOfTotals(TotalOf(by_level).totals);
  for (size_t i = 0; i < by_level.size(); ++i) {
    PublishedRow row{by_level[i].slice, std::nullopt};
    if (plan.cells[i]) row.cell = table[i];
    rows.push_back(row);
  }
  return rows;
}

bool IsFolded(CountCode code) {
  return code == CountCode::kB3 || code == CountCode::kC7 || code == CountCode::kC8 ||
         code == CountCode::kC11;
}

}  // namespace vsv::outcomes

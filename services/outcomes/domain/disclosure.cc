#include "services/outcomes/domain/disclosure.h"

#include "absl/base/macros.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace vsv::outcomes {
namespace {

void AddTo(CountCell& sum, const CountCell& cell) {
  sum.population += cell.population;
  sum.early_leavers += cell.early_leavers;
}

// The withheld cells as one group, and how many they are.
struct Withheld {
  CountCell group;
  int count = 0;
};

Withheld WithheldOf(absl::Span<const CountCell> table, const std::vector<bool>& published) {
  Withheld withheld;
  for (size_t i = 0; i < table.size(); ++i) {
    if (published[i]) continue;
    AddTo(withheld.group, table[i]);
    ++withheld.count;
  }
  return withheld;
}

std::optional<size_t> SmallestPublished(absl::Span<const CountCell> table,
                                        const std::vector<bool>& published) {
  std::optional<size_t> smallest;
  for (size_t i = 0; i < table.size(); ++i) {
    if (!published[i]) continue;
    if (!smallest.has_value() || table[i].population < table[*smallest].population) smallest = i;
  }
  return smallest;
}

}  // namespace

bool SafeToPublish(const CountCell& cell, int64_t threshold) {
  return cell.early_leavers >= threshold && cell.population - cell.early_leavers >= threshold;
}

Publication PlanPublication(absl::Span<const CountCell> table, int64_t threshold) {
  ABSL_ASSERT(threshold >= 1);
  Publication plan;
  plan.cells.assign(table.size(), false);
  CountCell total;
  for (const CountCell& cell : table) AddTo(total, cell);
  plan.total = SafeToPublish(total, threshold);
  if (!plan.total) return plan;

  for (size_t i = 0; i < table.size(); ++i) plan.cells[i] = SafeToPublish(table[i], threshold);
  for (Withheld withheld = WithheldOf(table, plan.cells);
       withheld.count > 0 && (withheld.count < 2 || !SafeToPublish(withheld.group, threshold));
       withheld = WithheldOf(table, plan.cells)) {
    const std::optional<size_t> next = SmallestPublished(table, plan.cells);
    if (!next.has_value()) break;
    plan.cells[*next] = false;
  }
  return plan;
}

}  // namespace vsv::outcomes

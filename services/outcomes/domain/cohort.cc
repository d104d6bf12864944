#include "services/outcomes/domain/cohort.h"

#include "services/outcomes/domain/vsv_norms.h"

#include "absl/strings/ascii.h"

#include <algorithm>
#include <cstddef>

namespace vsv::outcomes {
namespace {

constexpr int kMostDecimals = 2;
constexpr size_t kLongestReference = 64;

void AddTo(CountTotals& sum, const CountTotals& totals) {
  sum.population += totals.population;
  for (size_t i = 0; i < kCountCodes.size(); ++i) sum.by_code[i] += totals.by_code[i];
}

}  // namespace

bool IsRecordReference(absl::string_view text) {
  return !text.empty() && text.size() <= kLongestReference &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ||
                  c == '.';
         });
}

bool IsFolded(CountCode code) {
  return code == CountCode::kB3 || code == CountCode::kC7 || code == CountCode::kC8 ||
         code == CountCode::kC11;
}

bool IsFolded(const CountDecision& decision) {
  return std::any_of(decision.matches.begin(), decision.matches.end(),
                     [](CountCode code) { return IsFolded(code); });
}

std::optional<int64_t> ToldCell::Denominator() const {
  if (least != most) return std::nullopt;
  return most;
}

std::optional<Decimal> ToldCell::Percent() const {
  if (least == 0) return std::nullopt;
  for (int scale = kMostDecimals; scale >= 0; --scale) {
    // The percentage falls as the denominator grows: what the ends share, all between them do.
    const Decimal percent = Percentage(early_leavers, most, scale);
    if (percent == Percentage(early_leavers, least, scale)) return percent;
  }
  return std::nullopt;
}

std::optional<bool> ToldCell::Meets(const Decimal& norm) const {
  if (least == 0) return std::nullopt;
  const bool meets = MeetsNorm(Percentage(early_leavers, most, kMostDecimals), norm);
  if (meets != MeetsNorm(Percentage(early_leavers, least, kMostDecimals), norm)) {
    return std::nullopt;
  }
  return meets;
}

void SliceCount::Add(const CountDecision& decision, int64_t pupils) {
  if (decision.outcome == CountOutcome::kOutsidePopulation) {
    outside_population += pupils;
  } else if (IsFolded(decision)) {
    folded += pupils;
  } else {
    open.Add(decision, pupils);
  }
}

ToldCell SliceCount::Told() const {
  const int64_t least = open.Denominator();
  return {least, least + folded, open.EarlyLeavers()};
}

SliceCount TotalOf(absl::Span<const SliceCount> slices) {
  SliceCount total;
  total.slice = "total";
  for (const SliceCount& slice : slices) {
    AddTo(total.open, slice.open);
    total.folded += slice.folded;
    total.outside_population += slice.outside_population;
  }
  return total;
}

std::vector<PublishedRow> Publish(absl::Span<const SliceCount> by_level, int64_t threshold) {
  std::vector<CountCell> table;
  table.reserve(by_level.size());
  for (const SliceCount& slice : by_level) {
    const ToldCell told = slice.Told();
    table.push_back({told.least, told.early_leavers});  // who is left at least
  }
  const Publication plan = PlanPublication(table, threshold);

  std::vector<PublishedRow> rows;
  rows.push_back({"total", std::nullopt});
  if (plan.total) rows.front().cell = TotalOf(by_level).Told();
  for (size_t i = 0; i < by_level.size(); ++i) {
    PublishedRow row{by_level[i].slice, std::nullopt};
    if (plan.cells[i]) row.cell = by_level[i].Told();
    rows.push_back(row);
  }
  return rows;
}

}  // namespace vsv::outcomes

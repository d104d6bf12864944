#include "services/outcomes/api/convert_cohort.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "services/outcomes/api/convert_figure.h"
#include "services/outcomes/api/resource_names.h"
#include "services/outcomes/domain/vsv_norms.h"

#include <map>
#include <optional>
#include <string>

namespace vsv::outcomes {
namespace {

v1::CountCode Exact(CountCode code) {
  return EnumToProto<v1::CountCode>(code);
}

v1::CountCode Folded(CountCode code) {
  return IsFolded(code) ? v1::COUNT_CODE_OTHER_LAWFUL_REASON : Exact(code);
}

std::string NameOf(const Cohort& cohort) {
  return CohortPattern().Format({cohort.region_id, cohort.id});
}

void SetCell(const CountCell& cell, v1::CountRow& row) {
  row.set_denominator_count(cell.population);
  row.set_early_leaver_count(cell.early_leavers);
  if (cell.population > 0) {
    *row.mutable_percent() = ToProto(Percentage(cell.early_leavers, cell.population, 2));
  }
}

CountCell CellOf(const CountTotals& totals) {
  return {totals.Denominator(), totals.EarlyLeavers()};
}

v1::CountRow RowOf(const SliceCount& slice) {
  v1::CountRow row;
  row.set_slice(slice.slice);
  row.set_population_count(slice.totals.population);
  SetCell(CellOf(slice.totals), row);
  // Folded codes come last, together.
  int64_t folded = 0;
  for (const CountCode code : kCountCodes) {
    const int64_t pupils = slice.totals.by_code[static_cast<size_t>(code)];
    if (IsFolded(code)) folded += pupils;
    if (pupils == 0 || IsFolded(code)) continue;
    v1::CodeCount* const count = row.add_by_code();
    count->set_code(Exact(code));
    count->set_pupil_count(pupils);
  }
  if (folded > 0) {
    v1::CodeCount* const count = row.add_by_code();
    count->set_code(v1::COUNT_CODE_OTHER_LAWFUL_REASON);
    count->set_pupil_count(folded);
  }
  return row;
}

// Name of the category in the regulation's table.
const char* CategoryName(NormCategory category) {
  switch (category) {
    case NormCategory::kEntree:
      return "mbo1_entree";
    case NormCategory::kBasis:
      return "mbo2_basis";
    case NormCategory::kMbo3And4:
      return "mbo3-4";
  }
  return "";
}

// Adds the levels of each category up and compares; a category with a withheld level is left out:
// its sum would tell what was withheld.
class NormChecks {
 public:
  void Add(const std::string& slice, const std::optional<CountCell>& cell) {
    const std::optional<Level> level = LevelFromName(slice);
    if (!level.has_value()) return;
    const std::optional<NormCategory> category = NormCategoryOf(*level);
    if (!category.has_value()) return;
    Sum& sum = sums_[*category];
    sum.level = *level;
    if (!cell.has_value()) {
      sum.withheld = true;
      return;
    }
    sum.cell.population += cell->population;
    sum.cell.early_leavers += cell->early_leavers;
  }

  void Write(int school_year, v1::CohortCount& count) const {
    for (const auto& [category, sum] : sums_) {
      if (sum.withheld) continue;
      v1::NormCheck* const check = count.add_norm_checks();
      check->set_category(CategoryName(category));
      const std::optional<Decimal> norm = VsvNormFor(school_year, sum.level);
      if (norm.has_value()) *check->mutable_norm() = ToProto(*norm);
      if (sum.cell.population == 0) continue;
      const Decimal percent = Percentage(sum.cell.early_leavers, sum.cell.population, 2);
      *check->mutable_percent() = ToProto(percent);
      check->set_met(norm.has_value() && MeetsNorm(percent, *norm));
    }
  }

 private:
  struct Sum {
    Level level = Level::kTotal;
    CountCell cell;
    bool withheld = false;
  };

  std::map<NormCategory, Sum> sums_;
};

v1::CohortCount CountOf(const Cohort& cohort, CountDimension dimension) {
  v1::CohortCount count;
  count.set_cohort(NameOf(cohort));
  count.set_label(v1::COUNT_LABEL_ESTIMATE);
  count.set_dimension(EnumToProto<v1::CountDimension>(dimension));
  return count;
}

v1::CountRow RowOf(const PublishedRow& published) {
  v1::CountRow row;
  row.set_slice(published.slice);
  row.set_withheld(!published.cell.has_value());
  if (published.cell.has_value()) SetCell(*published.cell, row);
  return row;
}

}  // namespace

v1::Cohort ToProto(const Cohort& cohort) {
  v1::Cohort proto;
  proto.set_name(NameOf(cohort));
  proto.set_institution(OrganisationPattern().Format({cohort.institution_id}));
  *proto.mutable_count_date() = aip::ToProto(cohort.count_on);
  proto.set_state(EnumToProto<v1::CohortState>(cohort.state));
  proto.set_record_count(cohort.record_count);
  *proto.mutable_create_time() = aip::ToProto(cohort.created_at);
  *proto.mutable_update_time() = aip::ToProto(cohort.updated_at);
  proto.set_etag(aip::EtagOf(cohort.version));
  return proto;
}

v1::CountDecision ToProto(const CohortPupil& pupil) {
  v1::CountDecision proto;
  proto.set_record_reference(pupil.record_reference);
  proto.set_level(EnumToProto<v1::Level>(pupil.level));
  proto.set_unit_code(pupil.unit_code);
  const CountDecision& decision = pupil.decision;
  proto.set_outcome(EnumToProto<v1::CountOutcome>(decision.outcome));
  if (decision.deciding.has_value()) {
    proto.set_deciding_code(Folded(*decision.deciding));
    proto.set_exact_deciding_code(Exact(*decision.deciding));
  }
  bool other_said = false;
  for (const CountCode code : decision.matches) {
    proto.add_exact_matches(Exact(code));
    // Said once, where the first of them stands: how many there are is not for schools either.
    if (IsFolded(code) && other_said) continue;
    other_said = other_said || IsFolded(code);
    proto.add_matches(Folded(code));
  }
  return proto;
}

v1::CohortCount ToProto(const Cohort& cohort, CountDimension dimension,
                        absl::Span<const SliceCount> slices) {
  v1::CohortCount count = CountOf(cohort, dimension);
  const SliceCount total = TotalOf(slices);
  *count.mutable_total() = RowOf(total);
  count.set_outside_population_count(total.outside_population);
  NormChecks norms;
  for (const SliceCount& slice : slices) {
    *count.add_rows() = RowOf(slice);
    if (dimension == CountDimension::kLevel) norms.Add(slice.slice, CellOf(slice.totals));
  }
  norms.Write(static_cast<int>(cohort.count_on.year()), count);
  return count;
}

v1::CohortCount ToProto(const Cohort& cohort, absl::Span<const PublishedRow> rows) {
  v1::CohortCount count = CountOf(cohort, CountDimension::kLevel);
  NormChecks norms;
  for (const PublishedRow& row : rows) {
    if (row.slice == "total") {
      *count.mutable_total() = RowOf(row);
      continue;
    }
    *count.add_rows() = RowOf(row);
    norms.Add(row.slice, row.cell);
  }
  norms.Write(static_cast<int>(cohort.count_on.year()), count);
  return count;
}

}  // namespace vsv::outcomes

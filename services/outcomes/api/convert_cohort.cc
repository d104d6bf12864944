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

std::string NameOf(const Cohort& cohort) {
  return CohortPattern().Format({cohort.region_id, cohort.id});
}

void SetCell(const ToldCell& cell, v1::CountRow& row) {
  const std::optional<int64_t> denominator = cell.Denominator();
  if (denominator.has_value()) row.set_denominator_count(*denominator);
  row.set_early_leaver_count(cell.early_leavers);
  const std::optional<Decimal> percent = cell.Percent();
  if (percent.has_value()) *row.mutable_percent() = ToProto(*percent);
}

v1::CountRow RowOf(const SliceCount& slice) {
  v1::CountRow row;
  row.set_slice(slice.slice);
  row.set_population_count(slice.open.population + slice.folded);
  SetCell(slice.Told(), row);
  for (const CountCode code : kCountCodes) {
    const int64_t pupils = slice.open.by_code[static_cast<size_t>(code)];
    if (pupils == 0) continue;
    v1::CodeCount* const count = row.add_by_code();
    count->set_code(Exact(code));
    count->set_pupil_count(pupils);
  }
  // Folded codes come last, together.
  if (slice.folded > 0) {
    v1::CodeCount* const count = row.add_by_code();
    count->set_code(v1::COUNT_CODE_OTHER_LAWFUL_REASON);
    count->set_pupil_count(slice.folded);
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
  void Add(const std::string& slice, const std::optional<ToldCell>& cell) {
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
    sum.cell.least += cell->least;
    sum.cell.most += cell->most;
    sum.cell.early_leavers += cell->early_leavers;
  }

  void Write(int school_year, v1::CohortCount& count) const {
    for (const auto& [category, sum] : sums_) {
      const std::optional<Decimal> norm = VsvNormFor(school_year, sum.level);
      const std::optional<Decimal> percent = sum.cell.Percent();
      const std::optional<bool> met = norm.has_value() ? sum.cell.Meets(*norm) : false;
      const bool nobody_left = sum.cell.most == 0;
      if (sum.withheld || (!nobody_left && !(percent.has_value() && met.has_value()))) continue;
      v1::NormCheck* const check = count.add_norm_checks();
      check->set_category(CategoryName(category));
      if (norm.has_value()) *check->mutable_norm() = ToProto(*norm);
      if (percent.has_value()) *check->mutable_percent() = ToProto(*percent);
      check->set_met(met.value_or(false));
    }
  }

 private:
  struct Sum {
    Level level = Level::kTotal;
    ToldCell cell;
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
    proto.set_exact_deciding_code(Exact(*decision.deciding));
  }
  for (const CountCode code : decision.matches) proto.add_exact_matches(Exact(code));
  // Where a folded code stands among the others would tell which it is: it stands alone.
  if (IsFolded(decision)) {
    proto.set_deciding_code(v1::COUNT_CODE_OTHER_LAWFUL_REASON);
    proto.add_matches(v1::COUNT_CODE_OTHER_LAWFUL_REASON);
  } else {
    proto.set_deciding_code(proto.exact_deciding_code());
    *proto.mutable_matches() = proto.exact_matches();
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
    if (dimension == CountDimension::kLevel) norms.Add(slice.slice, slice.Told());
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

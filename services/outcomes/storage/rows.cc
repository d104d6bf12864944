#include "services/outcomes/storage/rows.h"

#include "services/outcomes/domain/names.h"

#include "absl/base/internal/raw_logging.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace vsv::outcomes {
namespace {

template <typename T>
T Known(const std::optional<T>& value, const std::string& text) {
  if (!value.has_value()) {
    ABSL_RAW_LOG(FATAL, "a stored name is not known to the domain: %s", text.c_str());
  }
  return *value;
}

template <typename Enum>
Enum EnumOf(const pg::Row& row, absl::string_view column) {
  const std::string text = row.Text(column);
  return Known(FromName<Enum>(text), text);
}

Level LevelOf(const pg::Row& row) {
  const std::string text = row.Text("level");
  return Known(LevelFromName(text), text);
}

Period PeriodOf(const pg::Row& row, absl::string_view column) {
  const std::string text = row.Text(column);
  return Known(Period::Parse(text), text);
}

CountCode CodeOf(const std::string& text) {
  return Known(CountCodeFromName(text), text);
}

}  // namespace

Indicator IndicatorOf(const pg::Row& row) {
  Indicator indicator;
  indicator.id = row.Text("id");
  indicator.display_name = row.Text("display_name");
  indicator.unit = EnumOf<MeasureUnit>(row, "unit");
  indicator.scope = EnumOf<Scope>(row, "scope");
  indicator.better = EnumOf<Better>(row, "better");
  indicator.version = row.Int("version");
  indicator.created_at = row.Time("created_at");
  indicator.updated_at = row.Time("updated_at");
  return indicator;
}

IndicatorDefinition DefinitionOf(const pg::Row& row) {
  IndicatorDefinition definition;
  definition.version = static_cast<int>(row.Int("version"));
  definition.source = row.Text("source");
  definition.text = row.Text("description");
  if (!row.Text("first_period").empty()) definition.first_period = PeriodOf(row, "first_period");
  return definition;
}

Ambition AmbitionOf(const pg::Row& row) {
  Ambition ambition;
  ambition.id = row.Text("id");
  ambition.display_name = row.Text("display_name");
  ambition.indicator_id = row.Text("indicator_id");
  ambition.definition_version = static_cast<int>(row.Int("definition_version"));
  ambition.organisation_id = row.Text("organisation_id");
  ambition.level = LevelOf(row);
  ambition.baseline_period = PeriodOf(row, "baseline_period");
  ambition.baseline_value = DecimalOf(row, "baseline_unscaled", "baseline_scale");
  ambition.direction = EnumOf<Direction>(row, "direction");
  ambition.institution_only = row.Bool("institution_only");
  ambition.source = row.Text("source");
  ambition.version = row.Int("version");
  ambition.created_at = row.Time("created_at");
  ambition.updated_at = row.Time("updated_at");
  return ambition;
}

AmbitionTarget TargetOf(const pg::Row& row) {
  return {PeriodOf(row, "period"), EnumOf<Commitment>(row, "commitment"),
          DecimalOf(row, "value_unscaled", "value_scale")};
}

Figure FigureOf(const pg::Row& row) {
  Figure figure;
  figure.id = row.Text("id");
  figure.key.indicator_id = row.Text("indicator_id");
  figure.key.definition_version = static_cast<int>(row.Int("definition_version"));
  figure.key.origin = EnumOf<FigureOrigin>(row, "origin");
  Slice& slice = figure.key.slice;
  slice.kind = EnumOf<SliceKind>(row, "kind");
  slice.organisation_id = row.Text("organisation_id");
  slice.region_id = row.Text("slice_region");
  slice.parent_code = row.Text("parent_code");
  slice.unit_code = row.Text("unit_code");
  slice.level = LevelOf(row);
  slice.period = PeriodOf(row, "period");
  figure.unit_name = row.Text("unit_name");
  figure.value = DecimalOf(row, "value_unscaled", "value_scale").value_or(Decimal());
  figure.numerator = row.OptionalInt("numerator");
  figure.denominator = row.OptionalInt("denominator");
  figure.denominator_derived = row.Bool("denominator_derived");
  figure.status = EnumOf<FigureStatus>(row, "status");
  figure.known_from = row.Time("known_from_at");
  figure.superseded_at = row.OptionalTime("superseded_at");
  figure.source = row.Text("source");
  return figure;
}

Cohort CohortOf(const pg::Row& row) {
  Cohort cohort;
  cohort.region_id = row.Text("region_id");
  cohort.id = row.Text("id");
  cohort.institution_id = row.Text("institution_id");
  cohort.count_on = row.Day("count_on");
  cohort.state = EnumOf<CohortState>(row, "state");
  cohort.record_count = row.Int("record_count");
  cohort.version = row.Int("version");
  cohort.created_at = row.Time("created_at");
  cohort.updated_at = row.Time("updated_at");
  return cohort;
}

CountDecision DecisionOf(const pg::Row& row) {
  CountDecision decision;
  decision.outcome = EnumOf<CountOutcome>(row, "outcome");
  const std::string deciding = row.Text("deciding_code");
  if (!deciding.empty()) decision.deciding = CodeOf(deciding);
  for (const std::string& code : row.TextArray("matches")) {
    decision.matches.push_back(CodeOf(code));
  }
  return decision;
}

CohortPupil PupilOf(const pg::Row& row) {
  CohortPupil pupil;
  pupil.pupil_key = row.Bytes("pupil_key");
  pupil.record_reference = row.Text("record_reference");
  pupil.level = LevelOf(row);
  pupil.unit_code = row.Text("unit_code");
  pupil.prior_education_code = static_cast<int>(row.Int("prior_education_code"));
  pupil.decision = DecisionOf(row);
  return pupil;
}

std::optional<Decimal> DecimalOf(const pg::Row& row, absl::string_view unscaled,
                                 absl::string_view scale) {
  const std::optional<int64_t> digits = row.OptionalInt(unscaled);
  if (!digits.has_value()) return std::nullopt;
  return Decimal{*digits, static_cast<int>(row.Int(scale))};
}

}  // namespace vsv::outcomes

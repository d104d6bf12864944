#include "services/outcomes/api/convert_figure.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "services/outcomes/api/resource_names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace vsv::outcomes {
namespace {

constexpr int kMostDefinitions = 50;
// Counts stay far within what the arithmetic of percentages takes.
constexpr int64_t kLargestCount = 100'000'000;

v1::Slice ToProto(const Slice& slice) {
  v1::Slice proto;
  proto.set_kind(EnumToProto<v1::SliceKind>(slice.kind));
  if (!slice.organisation_id.empty()) {
    proto.set_organisation(OrganisationPattern().Format({slice.organisation_id}));
  }
  if (!slice.region_id.empty()) proto.set_region(RegionPattern().Format({slice.region_id}));
  proto.set_unit_code(slice.unit_code);
  proto.set_parent_unit_code(slice.parent_code);
  proto.set_level(EnumToProto<v1::Level>(slice.level));
  proto.set_period(slice.period.ToString());
  return proto;
}

std::string ReadUnitCode(absl::string_view code, absl::string_view field, FieldReader& reader) {
  if (absl::StrContains(code, "|")) reader.Violate(field, "must not hold '|'");
  return reader.Text(code, field, 1, 64);
}

void RefuseUnless(bool allowed, absl::string_view value, absl::string_view field,
                  FieldReader& reader) {
  if (!allowed && !value.empty()) reader.Violate(field, "does not belong to a slice of this kind");
}

Slice ParseSlice(const v1::Slice& proto, const std::string& field, FieldReader& reader) {
  Slice slice;
  slice.kind = reader.Value<SliceKind>(proto.kind(), field + ".kind");
  slice.level = reader.Level(proto.level(), field + ".level");
  slice.period = reader.Period(proto.period(), field + ".period");
  const SliceKind kind = slice.kind;
  const bool of_region = kind == SliceKind::kRegion;
  const bool of_organisation = kind != SliceKind::kNational && !of_region;
  const bool of_unit = of_organisation && kind != SliceKind::kInstitution;
  const bool of_team = kind == SliceKind::kTeam;
  RefuseUnless(of_organisation, proto.organisation(), field + ".organisation", reader);
  RefuseUnless(of_region, proto.region(), field + ".region", reader);
  RefuseUnless(of_unit, proto.unit_code(), field + ".unit_code", reader);
  RefuseUnless(of_team, proto.parent_unit_code(), field + ".parent_unit_code", reader);
  if (of_organisation) {
    slice.organisation_id = reader.Organisation(proto.organisation(), field + ".organisation");
  }
  if (of_region) slice.region_id = reader.Region(proto.region(), field + ".region");
  if (of_unit) slice.unit_code = ReadUnitCode(proto.unit_code(), field + ".unit_code", reader);
  if (of_team) {
    slice.parent_code = ReadUnitCode(proto.parent_unit_code(), field + ".parent_unit_code", reader);
  }
  return slice;
}

void ReadCounts(const v1::Figure& proto, const std::string& field, Figure& figure,
                FieldReader& reader) {
  const auto in_range = [](int64_t count) { return count >= 0 && count <= kLargestCount; };
  if (proto.has_numerator_count()) figure.numerator = proto.numerator_count();
  if (proto.has_denominator_count()) figure.denominator = proto.denominator_count();
  figure.denominator_derived = proto.denominator_derived();
  if (!in_range(figure.numerator.value_or(0))) {
    reader.Violate(field + ".numerator_count", "must be 0 to 100000000");
  }
  if (!in_range(figure.denominator.value_or(0))) {
    reader.Violate(field + ".denominator_count", "must be 0 to 100000000");
  }
}

IndicatorDefinition ParseDefinition(const v1::IndicatorDefinition& proto, const std::string& field,
                                    FieldReader& reader) {
  IndicatorDefinition definition;
  definition.version = proto.version();
  definition.source = reader.Text(proto.source(), field + ".source", 1, 200);
  definition.text = reader.Text(proto.description(), field + ".description", 1, 2000);
  if (!proto.first_period().empty()) {
    definition.first_period = reader.Period(proto.first_period(), field + ".first_period");
  }
  return definition;
}

}  // namespace

v1::Decimal ToProto(const Decimal& value) {
  v1::Decimal proto;
  proto.set_unscaled_value(value.unscaled);
  proto.set_scale(value.scale);
  return proto;
}

v1::Indicator ToProto(const Indicator& indicator) {
  v1::Indicator proto;
  proto.set_name(IndicatorPattern().Format({indicator.id}));
  proto.set_display_name(indicator.display_name);
  proto.set_unit(EnumToProto<v1::MeasureUnit>(indicator.unit));
  proto.set_scope(
      static_cast<v1::Scope>(indicator.scope));  // kNotApplicable is the unspecified one
  proto.set_better(EnumToProto<v1::Better>(indicator.better));
  for (const IndicatorDefinition& definition : indicator.definitions) {
    v1::IndicatorDefinition* const to = proto.add_definitions();
    to->set_version(definition.version);
    to->set_source(definition.source);
    to->set_description(definition.text);
    if (definition.first_period.has_value()) {
      to->set_first_period(definition.first_period->ToString());
    }
  }
  *proto.mutable_create_time() = aip::ToProto(indicator.created_at);
  *proto.mutable_update_time() = aip::ToProto(indicator.updated_at);
  proto.set_etag(aip::EtagOf(indicator.version));
  return proto;
}

v1::Figure ToProto(const Figure& figure) {
  v1::Figure proto;
  proto.set_figure_id(figure.id);
  proto.set_indicator(IndicatorPattern().Format({figure.key.indicator_id}));
  proto.set_definition_version(figure.key.definition_version);
  *proto.mutable_slice() = ToProto(figure.key.slice);
  proto.set_unit_display_name(figure.unit_name);
  *proto.mutable_value() = ToProto(figure.value);
  if (figure.numerator.has_value()) proto.set_numerator_count(*figure.numerator);
  if (figure.denominator.has_value()) proto.set_denominator_count(*figure.denominator);
  proto.set_denominator_derived(figure.denominator_derived);
  proto.set_status(EnumToProto<v1::FigureStatus>(figure.status));
  *proto.mutable_known_from_time() = aip::ToProto(figure.known_from);
  if (figure.superseded_at.has_value()) {
    *proto.mutable_superseded_time() = aip::ToProto(*figure.superseded_at);
  }
  proto.set_source(figure.source);
  proto.set_origin(EnumToProto<v1::FigureOrigin>(figure.key.origin));
  return proto;
}

Indicator ParseIndicator(const v1::Indicator& proto, absl::string_view field, FieldReader& reader) {
  const std::string path(field);
  Indicator indicator;
  indicator.display_name = reader.Text(proto.display_name(), path + ".display_name", 1, 200);
  indicator.unit = reader.Value<MeasureUnit>(proto.unit(), path + ".unit");
  indicator.scope = static_cast<Scope>(proto.scope());
  indicator.better = reader.Value<Better>(proto.better(), path + ".better");
  if (proto.definitions_size() < 1 || proto.definitions_size() > kMostDefinitions) {
    reader.Violate(path + ".definitions", "must be 1 to 50");
  }
  for (int i = 0; i < proto.definitions_size(); ++i) {
    const std::string at = absl::StrCat(path, ".definitions[", i, "]");
    if (proto.definitions(i).version() != i + 1) {
      reader.Violate(at + ".version", "must be 1, 2, ... in order");
    }
    indicator.definitions.push_back(ParseDefinition(proto.definitions(i), at, reader));
  }
  return indicator;
}

Figure ParseFigure(const v1::Figure& proto, absl::string_view field, FieldReader& reader) {
  const std::string path(field);
  Figure figure;
  figure.key.indicator_id = reader.Indicator(proto.indicator(), path + ".indicator");
  figure.key.definition_version = proto.definition_version() == 0 ? 1 : proto.definition_version();
  figure.key.origin = reader.Value<FigureOrigin>(proto.origin(), path + ".origin");
  figure.key.slice = ParseSlice(proto.slice(), path + ".slice", reader);
  figure.unit_name = reader.Text(proto.unit_display_name(), path + ".unit_display_name", 0, 200);
  figure.value = reader.Decimal(proto.value(), path + ".value");
  ReadCounts(proto, path, figure, reader);
  figure.status = reader.Value<FigureStatus>(proto.status(), path + ".status");
  figure.known_from = reader.Moment(proto.known_from_time());
  figure.source = reader.Text(proto.source(), path + ".source", 1, 500);
  return figure;
}

bool FitsUnit(MeasureUnit unit, const Decimal& value) {
  const Decimal zero;
  switch (unit) {
    case MeasureUnit::kPercent:
      return value >= zero && value <= Decimal{100, 0};
    case MeasureUnit::kCount:
      return value >= zero && value.scale == 0;
    case MeasureUnit::kScore1To10:
      return value >= Decimal{1, 0} && value <= Decimal{10, 0};
  }
  return false;
}

}  // namespace vsv::outcomes

#include "services/outcomes/api/field_reader.h"

#include "libs/aip/proto_time.h"
#include "services/outcomes/api/resource_names.h"

#include "absl/strings/str_cat.h"

namespace vsv::outcomes {

std::vector<std::string> FieldReader::Ids(const aip::ResourcePattern& pattern,
                                          absl::string_view name, absl::string_view field,
                                          size_t count) {
  auto ids = pattern.ParseField(name, field);
  if (ids.ok()) return *std::move(ids);
  TakeOver(ids.status(), field);
  return std::vector<std::string>(count);
}

std::string FieldReader::Slug(absl::string_view id, absl::string_view field) {
  static const auto* const kPattern = new aip::ResourcePattern("ids/{id=slug}");
  if (!kPattern->Parse(absl::StrCat("ids/", id)).has_value()) {
    Violate(field,
            "must be 2 to 63 of lower-case letters, digits and '-', beginning with a letter");
  }
  return std::string(id);
}

std::string FieldReader::Indicator(absl::string_view name, absl::string_view field) {
  return Ids(IndicatorPattern(), name, field, 1)[0];
}

std::string FieldReader::Ambition(absl::string_view name, absl::string_view field) {
  return Ids(AmbitionPattern(), name, field, 1)[0];
}

std::string FieldReader::Organisation(absl::string_view name, absl::string_view field) {
  return Ids(OrganisationPattern(), name, field, 1)[0];
}

std::string FieldReader::Region(absl::string_view name, absl::string_view field) {
  return Ids(RegionPattern(), name, field, 1)[0];
}

std::vector<std::string> FieldReader::Cohort(absl::string_view name, absl::string_view field) {
  return Ids(CohortPattern(), name, field, 2);
}

Period FieldReader::Period(absl::string_view text, absl::string_view field) {
  const auto period = outcomes::Period::Parse(text);
  if (!period.has_value()) {
    Violate(field, "must be a school year such as 2021-2022 or a reporting year such as 2016");
  }
  return period.value_or(outcomes::Period());
}

Decimal FieldReader::Decimal(const v1::Decimal& value, absl::string_view field) {
  const outcomes::Decimal decimal{value.unscaled_value(), value.scale()};
  if (!decimal.Valid()) {
    Violate(field, "scale must be 0 to 6 and unscaled_value between -10^12 and 10^12");
    return outcomes::Decimal();
  }
  return decimal;
}

Level FieldReader::Level(v1::Level level, absl::string_view field) {
  if (level == v1::LEVEL_UNSPECIFIED) return outcomes::Level::kTotal;
  return Value<outcomes::Level>(level, field);
}

absl::Time FieldReader::Moment(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(aip::FromProto(time)));
}

}  // namespace vsv::outcomes

#include "services/outcomes/api/field_reader.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "libs/aip/request_id.h"
#include "services/outcomes/api/resource_names.h"

#include "absl/strings/str_cat.h"

namespace vsv::outcomes {

absl::Status FieldReader::status() const {
  return violations_.empty() ? absl::OkStatus() : errors::FieldsInvalid(violations_);
}

void FieldReader::TakeOver(const absl::Status& status, absl::string_view field) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  if (!detail.has_value() || detail->violations.empty()) {
    Violate(field, status.message());
    return;
  }
  for (const errors::Violation& violation : detail->violations) violations_.push_back(violation);
}

std::vector<std::string> FieldReader::Ids(const aip::ResourcePattern& pattern,
                                          absl::string_view name, absl::string_view field,
                                          size_t count) {
  auto ids = pattern.ParseField(name, field);
  if (ids.ok()) return *std::move(ids);
  TakeOver(ids.status(), field);
  return std::vector<std::string>(count);
}

std::string FieldReader::Text(absl::string_view text, absl::string_view field, size_t min,
                              size_t max) {
  if (text.size() < min || text.size() > max) {
    Violate(field, absl::StrCat("must have ", min, " to ", max, " bytes"));
  }
  return std::string(text);
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

absl::CivilDay FieldReader::Day(const google::type::Date& date, absl::string_view field) {
  const std::optional<absl::CivilDay> day = aip::FromProto(date);
  if (!day.has_value()) Violate(field, "must be a day that exists");
  return day.value_or(absl::CivilDay());
}

absl::Time FieldReader::Moment(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(aip::FromProto(time)));
}

std::string FieldReader::RequestId(absl::string_view text) {
  absl::StatusOr<std::string> canonical = aip::CanonicalRequestId(text);
  if (canonical.ok()) return *std::move(canonical);
  TakeOver(canonical.status(), "request_id");
  return "";
}

std::optional<int64_t> FieldReader::Etag(absl::string_view etag, absl::string_view field,
                                         bool required) {
  if (!etag.empty()) return aip::VersionOf(etag).value_or(0);
  if (required) Violate(field, "must be set: the version that the change was decided on");
  return std::nullopt;
}

}  // namespace vsv::outcomes

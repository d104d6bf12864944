#include "services/programs/api/field_reader.h"

#include "libs/aip/proto_time.h"
#include "libs/base/utf8.h"
#include "services/programs/domain/names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace vsv::programs {
namespace {

constexpr int kLongestList = 50;
constexpr int kMostOrganisations = 100;

std::string Element(absl::string_view field, int index) {
  return absl::StrCat(field, "[", index, "]");
}

}  // namespace

void FieldReader::Violate(absl::string_view field, absl::string_view description) {
  violations_.push_back({std::string(field), std::string(description)});
}

absl::Status FieldReader::status() const {
  return violations_.empty() ? absl::OkStatus() : errors::FieldsInvalid(violations_);
}

std::string FieldReader::Text(absl::string_view text, absl::string_view field, size_t min,
                              size_t max) {
  const size_t length = base::Utf8Length(text).value_or(max + 1);
  if (length < min || length > max) {
    Violate(field, absl::StrCat("must have ", min, " to ", max, " characters"));
  } else if (absl::StripAsciiWhitespace(text).size() != text.size()) {
    Violate(field, "must not begin or end with white space");
  }
  return std::string(text);
}

std::vector<std::string> FieldReader::TextList(const Texts& texts, absl::string_view field,
                                               size_t max) {
  if (texts.size() > kLongestList) {
    Violate(field, absl::StrCat("must have at most ", kLongestList, " elements"));
    return {};
  }
  std::vector<std::string> list;
  for (int i = 0; i < texts.size(); ++i) {
    list.push_back(Text(texts[i], Element(field, i), 1, max));
  }
  return list;
}

std::string FieldReader::Slug(absl::string_view text, absl::string_view field, size_t min) {
  if (!IsSlug(text, min)) {
    Violate(
        field,
        absl::StrCat("must have ", min,
                     " to 63 lower-case letters, digits and hyphens, and not begin with a hyphen"));
  }
  return std::string(text);
}

void FieldReader::Distinct(const std::string& id, absl::string_view field,
                           std::set<std::string>& seen) {
  if (!seen.insert(id).second) Violate(field, "must not be given twice");
}

OrganisationId FieldReader::Organisation(absl::string_view name, absl::string_view field) {
  const auto id = ParseOrganisationName(name);
  if (!id) Violate(field, "must be of the form organisations/{organisation}");
  return id.value_or(OrganisationId());
}

OrganisationId FieldReader::OptionalOrganisation(absl::string_view name, absl::string_view field) {
  return name.empty() ? OrganisationId() : Organisation(name, field);
}

std::vector<OrganisationId> FieldReader::Organisations(const Texts& names,
                                                       absl::string_view field) {
  if (names.size() > kMostOrganisations) {
    Violate(field, absl::StrCat("must have at most ", kMostOrganisations, " elements"));
    return {};
  }
  std::vector<OrganisationId> ids;
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    ids.push_back(Organisation(names[i], Element(field, i)));
    Distinct(names[i], Element(field, i), seen);
  }
  return ids;
}

absl::CivilDay FieldReader::Day(const google::type::Date& date, absl::string_view field) {
  const auto day = aip::FromProto(date);
  if (!day) Violate(field, "must be a day that exists, with year, month and day");
  return day.value_or(absl::CivilDay());
}

Period FieldReader::Days(const google::type::Date& start, absl::string_view start_field,
                         const google::type::Date& end, absl::string_view end_field) {
  const size_t before = violations_.size();
  const Period period{Day(start, start_field), Day(end, end_field)};
  if (violations_.size() == before && period.end < period.start) {
    Violate(end_field, "must not lie before the first day");
  }
  return period;
}

}  // namespace vsv::programs

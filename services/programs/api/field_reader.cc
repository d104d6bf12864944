#include "services/programs/api/field_reader.h"

#include "services/programs/domain/names.h"

#include "absl/strings/str_cat.h"

namespace vsv::programs {
namespace {

constexpr int kLongestList = 50;
constexpr int kMostOrganisations = 100;

std::string Element(absl::string_view field, int index) {
  return absl::StrCat(field, "[", index, "]");
}

}  // namespace

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

Period FieldReader::Days(const google::type::Date& start, absl::string_view start_field,
                         const google::type::Date& end, absl::string_view end_field) {
  const size_t before = violations().size();
  const Period period{Day(start, start_field), Day(end, end_field)};
  if (violations().size() == before && period.end < period.start) {
    Violate(end_field, "must not lie before the first day");
  }
  return period;
}

}  // namespace vsv::programs

#include "services/programs/domain/names.h"

#include "libs/base/identifiers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace vsv::programs {
namespace {

constexpr size_t kLongestSlug = 63;
constexpr size_t kLongestName = 400;  // five slugs and the words between them

// The ids of a name whose words are `collections`, one after each; nullopt for another form.
std::optional<std::vector<std::string>> Ids(absl::string_view text,
                                            std::initializer_list<absl::string_view> collections) {
  if (text.size() > kLongestName) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (parts.size() != 2 * collections.size()) return std::nullopt;
  std::vector<std::string> ids;
  size_t at = 0;
  for (const absl::string_view collection : collections) {
    if (parts[at] != collection) return std::nullopt;
    ids.push_back(parts[at + 1]);
    at += 2;
  }
  if (!base::NormaliseRmcCode(ids[0]).has_value() || ids[0].size() != 2) return std::nullopt;
  // A line is named by its code, which may be one character; all other ids have two or more.
  for (size_t i = 1; i < ids.size(); ++i) {
    if (!IsSlug(ids[i], parts[2 * i] == "lines" ? 1 : 2)) return std::nullopt;
  }
  return ids;
}

// The id of a resource that another service keeps: a slug that begins with a letter.
std::optional<absl::string_view> IdIn(absl::string_view collection, absl::string_view text) {
  if (text.substr(0, collection.size()) != collection) return std::nullopt;
  const absl::string_view id = text.substr(collection.size());
  if (!IsSlug(id, 2) || !absl::ascii_islower(static_cast<unsigned char>(id.front()))) {
    return std::nullopt;
  }
  return id;
}

}  // namespace

bool IsSlug(absl::string_view text, size_t min) {
  const auto allowed = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
  };
  return text.size() >= min && text.size() <= kLongestSlug && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), allowed);
}

std::string ToString(const ProgramName& name) {
  return absl::StrCat("regions/", name.region, "/programs/", name.program);
}

std::string ToString(const LineName& name) {
  return absl::StrCat(ToString(name.program), "/lines/", name.line);
}

std::string ToString(const MeasureName& name) {
  return absl::StrCat(ToString(name.line), "/measures/", name.measure);
}

std::string ToString(const IndicatorLinkName& name) {
  return absl::StrCat(ToString(name.line), "/indicatorLinks/", name.link);
}

std::string ToString(const SpecialAssignmentName& name) {
  return absl::StrCat(ToString(name.program), "/specialAssignments/", name.assignment);
}

std::optional<ProgramName> ParseProgramName(absl::string_view text) {
  const auto ids = Ids(text, {"regions", "programs"});
  if (!ids) return std::nullopt;
  return ProgramName{(*ids)[0], (*ids)[1]};
}

std::optional<LineName> ParseLineName(absl::string_view text) {
  const auto ids = Ids(text, {"regions", "programs", "lines"});
  if (!ids) return std::nullopt;
  return LineName{{(*ids)[0], (*ids)[1]}, (*ids)[2]};
}

std::optional<MeasureName> ParseMeasureName(absl::string_view text) {
  const auto ids = Ids(text, {"regions", "programs", "lines", "measures"});
  if (!ids) return std::nullopt;
  return MeasureName{{{(*ids)[0], (*ids)[1]}, (*ids)[2]}, (*ids)[3]};
}

std::optional<IndicatorLinkName> ParseIndicatorLinkName(absl::string_view text) {
  const auto ids = Ids(text, {"regions", "programs", "lines", "indicatorLinks"});
  if (!ids) return std::nullopt;
  return IndicatorLinkName{{{(*ids)[0], (*ids)[1]}, (*ids)[2]}, (*ids)[3]};
}

std::optional<SpecialAssignmentName> ParseSpecialAssignmentName(absl::string_view text) {
  const auto ids = Ids(text, {"regions", "programs", "specialAssignments"});
  if (!ids) return std::nullopt;
  return SpecialAssignmentName{{(*ids)[0], (*ids)[1]}, (*ids)[2]};
}

std::optional<std::string> ParseRegionName(absl::string_view text) {
  const auto ids = Ids(text, {"regions"});
  if (!ids) return std::nullopt;
  return (*ids)[0];
}

bool IsIndicatorName(absl::string_view text) {
  return IdIn("indicators/", text).has_value();
}

bool IsAmbitionName(absl::string_view text) {
  return IdIn("ambitions/", text).has_value();
}

std::optional<OrganisationId> ParseOrganisationName(absl::string_view text) {
  const auto id = IdIn("organisations/", text);
  if (!id) return std::nullopt;
  return OrganisationId(*id);
}

std::string ToString(const OrganisationId& id) {
  return id.empty() ? "" : absl::StrCat("organisations/", id.value());
}

}  // namespace vsv::programs

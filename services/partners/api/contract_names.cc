#include "services/partners/api/contract_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace vsv::partners {

namespace {

constexpr absl::string_view kCredentials = "/credentials/";

std::string WithoutPrefix(const std::string& name, absl::string_view prefix) {
  return std::string(absl::StripPrefix(name, prefix));
}

}  // namespace

const aip::ResourcePattern& OrganisationPattern() {
  static const auto* const pattern = new aip::ResourcePattern("organisations/{organisation=slug}");
  return *pattern;
}

const aip::ResourcePattern& RegionPattern() {
  static const auto* const pattern = new aip::ResourcePattern("regions/{region=region}");
  return *pattern;
}

const aip::ResourcePattern& MembershipPattern() {
  static const auto* const pattern =
      new aip::ResourcePattern("regions/{region=region}/memberships/{membership=uuid}");
  return *pattern;
}

const aip::ResourcePattern& ProgrammeRolePattern() {
  static const auto* const pattern =
      new aip::ResourcePattern("regions/{region=region}/programmeRoles/{programme_role=uuid}");
  return *pattern;
}

const aip::ResourcePattern& AgreementPattern() {
  static const auto* const pattern = new aip::ResourcePattern("agreements/{agreement=slug}");
  return *pattern;
}

const aip::ResourcePattern& MandatePattern() {
  static const auto* const pattern =
      new aip::ResourcePattern("organisations/{organisation=slug}/mandates/{mandate=uuid}");
  return *pattern;
}

std::optional<Key> ParseCredentialName(absl::string_view name) {
  const size_t at = name.find(kCredentials);
  if (at == absl::string_view::npos) return std::nullopt;
  const auto ids = OrganisationPattern().Parse(name.substr(0, at));
  const absl::string_view thumbprint = name.substr(at + kCredentials.size());
  if (!ids || !IsThumbprint(thumbprint)) return std::nullopt;
  return Key{.parent = ids->at(0), .id = std::string(thumbprint)};
}

std::string NameOfOrganisation(const OrganisationId& id) {
  return id.empty() ? "" : OrganisationPattern().Format({id.value()});
}

std::string NameOfRegion(const RegionId& id) {
  return RegionPattern().Format({id.value()});
}

std::string PurposeName(policy::v1::Purpose purpose) {
  return WithoutPrefix(policy::v1::Purpose_Name(purpose), "PURPOSE_");
}

std::string DataCategoryName(policy::v1::DataCategory category) {
  return WithoutPrefix(policy::v1::DataCategory_Name(category), "DATA_CATEGORY_");
}

std::string ServiceAreaName(v1::ServiceArea area) {
  return WithoutPrefix(v1::ServiceArea_Name(area), "SERVICE_AREA_");
}

policy::v1::Purpose PurposeOf(const std::string& name) {
  policy::v1::Purpose purpose = policy::v1::PURPOSE_UNSPECIFIED;
  policy::v1::Purpose_Parse(absl::StrCat("PURPOSE_", name), &purpose);
  return purpose;
}

policy::v1::DataCategory DataCategoryOf(const std::string& name) {
  policy::v1::DataCategory category = policy::v1::DATA_CATEGORY_UNSPECIFIED;
  policy::v1::DataCategory_Parse(absl::StrCat("DATA_CATEGORY_", name), &category);
  return category;
}

v1::ServiceArea ServiceAreaOf(const std::string& name) {
  v1::ServiceArea area = v1::SERVICE_AREA_UNSPECIFIED;
  v1::ServiceArea_Parse(absl::StrCat("SERVICE_AREA_", name), &area);
  return area;
}

}  // namespace vsv::partners

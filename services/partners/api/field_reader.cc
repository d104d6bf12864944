#include "services/partners/api/field_reader.h"

#include "libs/aip/resource_name.h"
#include "libs/base/identifiers.h"
#include "services/partners/api/contract_names.h"

#include "absl/strings/str_cat.h"

namespace vsv::partners {

std::string FieldReader::OptionalSlug(absl::string_view text, absl::string_view field) {
  if (!text.empty() && !IsSlug(text)) {
    Violate(field, "must have 2 to 63 lower-case letters, digits and '-', beginning with a letter");
  }
  return std::string(text);
}

RegionId FieldReader::RegionCode(absl::string_view text, absl::string_view field) {
  if (!base::NormaliseRmcCode(text)) Violate(field, "must be an RMC code, 01 to 40");
  return RegionId(text);
}

OrganisationId FieldReader::OrganisationName(absl::string_view name, absl::string_view field) {
  const auto ids = OrganisationPattern().Parse(name);
  if (!ids) Violate(field, "must be organisations/{organisation}");
  return OrganisationId(ids ? ids->at(0) : "");
}

RegionId FieldReader::RegionName(absl::string_view name, absl::string_view field) {
  const auto ids = RegionPattern().Parse(name);
  if (!ids || !base::NormaliseRmcCode(ids->at(0))) {
    Violate(field, "must be regions/{region}, an RMC code 01 to 40");
    return RegionId("");
  }
  return RegionId(ids->at(0));
}

AgreementId FieldReader::AgreementName(absl::string_view name, absl::string_view field) {
  const auto ids = AgreementPattern().Parse(name);
  if (!ids) Violate(field, "must be agreements/{agreement}");
  return AgreementId(ids ? ids->at(0) : "");
}

Key FieldReader::MembershipName(absl::string_view name, absl::string_view field) {
  const auto ids = MembershipPattern().Parse(name);
  if (ids) return {.parent = ids->at(0), .id = ids->at(1)};
  Violate(field, "must be regions/{region}/memberships/{membership}");
  return {};
}

Key FieldReader::ProgrammeRoleName(absl::string_view name, absl::string_view field) {
  const auto ids = ProgrammeRolePattern().Parse(name);
  if (ids) return {.parent = ids->at(0), .id = ids->at(1)};
  Violate(field, "must be regions/{region}/programmeRoles/{programme_role}");
  return {};
}

Key FieldReader::MandateName(absl::string_view name, absl::string_view field) {
  const auto ids = MandatePattern().Parse(name);
  if (ids) return {.parent = ids->at(0), .id = ids->at(1)};
  Violate(field, "must be organisations/{organisation}/mandates/{mandate}");
  return {};
}

Key FieldReader::CredentialName(absl::string_view name, absl::string_view field) {
  const std::optional<Key> key = ParseCredentialName(name);
  if (key) return *key;
  Violate(field, "must be organisations/{organisation}/credentials/{credential}");
  return {};
}

RegionId FieldReader::RegionOrAll(absl::string_view name, absl::string_view field) {
  return name == "regions/-" ? RegionId("") : RegionName(name, field);
}

OrganisationId FieldReader::OrganisationOrAll(absl::string_view name, absl::string_view field) {
  return name == "organisations/-" ? OrganisationId("") : OrganisationName(name, field);
}

Period FieldReader::Validity(const v1::ValidityPeriod& validity, absl::string_view field) {
  Period period;
  period.from = Day(validity.start_date(), absl::StrCat(field, ".start_date"));
  if (validity.has_end_date()) {
    period.until = Day(validity.end_date(), absl::StrCat(field, ".end_date"));
    if (*period.until < period.from)
      Violate(absl::StrCat(field, ".end_date"), "must not be before the first day");
  }
  return period;
}

std::set<std::string> FieldReader::Purposes(const google::protobuf::RepeatedField<int>& values,
                                            absl::string_view field, bool may_be_empty) {
  std::set<std::string> names;
  if (values.empty() && !may_be_empty) Violate(field, "needs at least one purpose");
  for (const int value : values) {
    if (!policy::v1::Purpose_IsValid(value) || value == policy::v1::PURPOSE_UNSPECIFIED ||
        value == policy::v1::PURPOSE_PROJECTION) {
      Violate(field, "must be purposes of the policy, other than PROJECTION");
    } else if (!names.insert(PurposeName(static_cast<policy::v1::Purpose>(value))).second) {
      Violate(field, "names a purpose twice");
    }
  }
  return names;
}

std::set<std::string> FieldReader::DataCategories(
    const google::protobuf::RepeatedField<int>& values, absl::string_view field,
    bool may_be_empty) {
  std::set<std::string> names;
  if (values.empty() && !may_be_empty) Violate(field, "needs at least one data category");
  for (const int value : values) {
    if (!policy::v1::DataCategory_IsValid(value) ||
        value == policy::v1::DATA_CATEGORY_UNSPECIFIED || value == policy::v1::DATA_CATEGORY_NONE) {
      Violate(field, "must be data categories of the policy, other than NONE");
    } else if (!names.insert(DataCategoryName(static_cast<policy::v1::DataCategory>(value)))
                    .second) {
      Violate(field, "names a data category twice");
    }
  }
  return names;
}

std::set<std::string> FieldReader::Services(const google::protobuf::RepeatedField<int>& values,
                                            absl::string_view field) {
  std::set<std::string> names;
  if (values.empty()) Violate(field, "needs at least one service");
  for (const int value : values) {
    if (!v1::ServiceArea_IsValid(value) || value == v1::SERVICE_AREA_UNSPECIFIED) {
      Violate(field, "must be services of the suite");
    } else if (!names.insert(ServiceAreaName(static_cast<v1::ServiceArea>(value))).second) {
      Violate(field, "names a service twice");
    }
  }
  return names;
}

}  // namespace vsv::partners

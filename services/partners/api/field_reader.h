// The fields of the register.
#pragma once

#include "libs/aip/field_reader.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/register_queries.h"

#include "vsv/partners/v1/validity.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include <optional>
#include <set>
#include <string>

namespace vsv::partners {

// Absent values of REQUIRED fields were refused before by the generic check; a method refuses them
// again, so that handlers stand alone.
class FieldReader : public aip::FieldReader {
 public:
  // An id given by the creator; empty stays empty.
  std::string OptionalSlug(absl::string_view text, absl::string_view field);
  RegionId RegionCode(absl::string_view text, absl::string_view field);

  // Resource names.
  OrganisationId OrganisationName(absl::string_view name, absl::string_view field);
  RegionId RegionName(absl::string_view name, absl::string_view field);
  AgreementId AgreementName(absl::string_view name, absl::string_view field);
  Key MembershipName(absl::string_view name, absl::string_view field);
  Key ProgrammeRoleName(absl::string_view name, absl::string_view field);
  Key MandateName(absl::string_view name, absl::string_view field);
  Key CredentialName(absl::string_view name, absl::string_view field);
  // The parent of a list: "" for `regions/-`, `organisations/-`.
  RegionId RegionOrAll(absl::string_view name, absl::string_view field);
  OrganisationId OrganisationOrAll(absl::string_view name, absl::string_view field);

  Period Validity(const v1::ValidityPeriod& validity, absl::string_view field);

  // Names without prefix, at least one, none twice; purposes never PROJECTION, categories never
  // NONE.
  std::set<std::string> Purposes(const google::protobuf::RepeatedField<int>& values,
                                 absl::string_view field, bool may_be_empty);
  std::set<std::string> DataCategories(const google::protobuf::RepeatedField<int>& values,
                                       absl::string_view field, bool may_be_empty);
  std::set<std::string> Services(const google::protobuf::RepeatedField<int>& values,
                                 absl::string_view field);

  // The value of an enumeration, which has the same numbers here and in the contract.
  template <typename Enum>
  Enum Value(int number, absl::string_view field) {
    if (number <= 0 || number >= static_cast<int>(std::size(NamesOf<Enum>::kNames))) {
      Violate(field, "must be one of the named values");
      return Enum::kUnspecified;
    }
    return static_cast<Enum>(number);
  }
};

}  // namespace vsv::partners

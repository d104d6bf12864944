// What an organisation can be, how it is numbered and what its offices can be reached for.
#pragma once

#include "services/partners/domain/names.h"

#include "absl/strings/string_view.h"

namespace vsv::partners {

// In the order of the contract; the docstrings are there.
enum class OrganisationKind {
  kUnspecified,
  kSchoolBoard,
  kVoSchool,
  kProSchool,
  kVsoSchool,
  kIsk,
  kMboInstitution,
  kMboCollege,
  kMboTeam,
  kVavo,
  kHbo,
  kMunicipality,
  kRmcOffice,
  kAttendanceOffice,
  kWorkAndIncome,
  kYouthDesk,
  kSupportAlliance,
  kCareProvider,
  kUwv,
  kEmployer,
  kOther,
};

template <>
struct NamesOf<OrganisationKind> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED",
                                                 "SCHOOL_BOARD",
                                                 "VO_SCHOOL",
                                                 "PRO_SCHOOL",
                                                 "VSO_SCHOOL",
                                                 "ISK",
                                                 "MBO_INSTITUTION",
                                                 "MBO_COLLEGE",
                                                 "MBO_TEAM",
                                                 "VAVO",
                                                 "HBO",
                                                 "MUNICIPALITY",
                                                 "RMC_OFFICE",
                                                 "ATTENDANCE_OFFICE",
                                                 "WORK_AND_INCOME",
                                                 "YOUTH_DESK",
                                                 "SUPPORT_ALLIANCE",
                                                 "CARE_PROVIDER",
                                                 "UWV",
                                                 "EMPLOYER",
                                                 "OTHER"};
};

enum class OrganisationStatus { kUnspecified, kActive, kSuspended };

template <>
struct NamesOf<OrganisationStatus> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED", "ACTIVE", "SUSPENDED"};
};

// The contract's order; the numberings themselves are base::IdentifierScheme.
enum class IdentifierScheme {
  kUnspecified,
  kBrin,
  kBrinLocation,
  kOin,
  kKvk,
  kMunicipalityCode,
  kSupportAlliance,
  kRmcCode
};

template <>
struct NamesOf<IdentifierScheme> {
  static constexpr absl::string_view kNames[] = {
      "UNSPECIFIED",      "BRIN",    "BRIN_LOCATION", "OIN", "KVK", "MUNICIPALITY_CODE",
      "SUPPORT_ALLIANCE", "RMC_CODE"};
};

enum class ContactRole { kUnspecified, kAdmissions, kSupport, kProgramme, kPrivacy, kTechnical };

template <>
struct NamesOf<ContactRole> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED", "ADMISSIONS", "SUPPORT",
                                                 "PROGRAMME",   "PRIVACY",    "TECHNICAL"};
};

}  // namespace vsv::partners

#include "services/dossiers/domain/names.h"

#include <array>
#include <cstddef>
#include <utility>

namespace vsv::dossiers {
namespace {

template <typename Enum>
struct Entry {
  Enum value;
  absl::string_view name;
};

// One table per enum; the primary template is never defined, so that a forgotten table does not
// link.
template <typename Enum>
struct Table;

template <>
struct Table<Category> {
  static constexpr std::array kEntries = {
      Entry<Category>{Category::kProcess, "PROCESS"},
      Entry<Category>{Category::kAdministrative, "ADMINISTRATIVE"},
      Entry<Category>{Category::kPgn, "PGN"},
      Entry<Category>{Category::kCareer, "CAREER"},
      Entry<Category>{Category::kSocialEmotional, "SOCIAL_EMOTIONAL"},
      Entry<Category>{Category::kSupport, "SUPPORT"},
      Entry<Category>{Category::kAbsence, "ABSENCE"},
      Entry<Category>{Category::kHealth, "HEALTH"},
      Entry<Category>{Category::kExtraCare, "EXTRA_CARE"},
      Entry<Category>{Category::kView, "VIEW"}};
};

template <>
struct Table<Purpose> {
  static constexpr std::array kEntries = {
      Entry<Purpose>{Purpose::kUnspecified, "UNSPECIFIED"},
      Entry<Purpose>{Purpose::kRegistry, "REGISTRY"},
      Entry<Purpose>{Purpose::kTransition, "TRANSITION"},
      Entry<Purpose>{Purpose::kSupport, "SUPPORT"},
      Entry<Purpose>{Purpose::kCompulsoryEducation, "COMPULSORY_EDUCATION"},
      Entry<Purpose>{Purpose::kRmc, "RMC"},
      Entry<Purpose>{Purpose::kProgrammeManagement, "PROGRAMME_MANAGEMENT"},
      Entry<Purpose>{Purpose::kOutcomeMonitoring, "OUTCOME_MONITORING"},
      Entry<Purpose>{Purpose::kAudit, "AUDIT"},
      Entry<Purpose>{Purpose::kProjection, "PROJECTION"}};
};

template <>
struct Table<Relation> {
  static constexpr std::array kEntries = {
      Entry<Relation>{Relation::kDelivering, "DELIVERING"},
      Entry<Relation>{Relation::kReceiving, "RECEIVING"},
      Entry<Relation>{Relation::kMunicipalityOfResidence, "MUNICIPALITY_OF_RESIDENCE"},
      Entry<Relation>{Relation::kRmcOfResidence, "RMC_OF_RESIDENCE"},
      Entry<Relation>{Relation::kAttendanceOfResidence, "ATTENDANCE_OF_RESIDENCE"},
      Entry<Relation>{Relation::kConsentedParty, "CONSENTED_PARTY"}};
};

template <>
struct Table<DossierState> {
  static constexpr std::array kEntries = {
      Entry<DossierState>{DossierState::kAInProgress, "A_IN_PROGRESS"},
      Entry<DossierState>{DossierState::kADone, "A_DONE"},
      Entry<DossierState>{DossierState::kBInProgress, "B_IN_PROGRESS"},
      Entry<DossierState>{DossierState::kBDone, "B_DONE"},
      Entry<DossierState>{DossierState::kAgreementPending, "AGREEMENT_PENDING"},
      Entry<DossierState>{DossierState::kAgreed, "AGREED"},
      Entry<DossierState>{DossierState::kSent, "SENT"},
      Entry<DossierState>{DossierState::kAccepted, "ACCEPTED"},
      Entry<DossierState>{DossierState::kProcessed, "PROCESSED"},
      Entry<DossierState>{DossierState::kRejected, "REJECTED"},
      Entry<DossierState>{DossierState::kWithdrawn, "WITHDRAWN"}};
};

template <>
struct Table<Origin> {
  static constexpr std::array kEntries = {
      Entry<Origin>{Origin::kVoSchool, "VO_SCHOOL"}, Entry<Origin>{Origin::kVavo, "VAVO"},
      Entry<Origin>{Origin::kMboSwitch, "MBO_SWITCH"},
      Entry<Origin>{Origin::kRmcReturn, "RMC_RETURN"},
      Entry<Origin>{Origin::kPrecedingProvision, "PRECEDING_PROVISION"}};
};

template <>
struct Table<Finality> {
  static constexpr std::array kEntries = {Entry<Finality>{Finality::kProvisional, "PROVISIONAL"},
                                          Entry<Finality>{Finality::kFinal, "FINAL"}};
};

template <>
struct Table<Person> {
  static constexpr std::array kEntries = {Entry<Person>{Person::kPupil, "PUPIL"},
                                          Entry<Person>{Person::kGuardian, "GUARDIAN"}};
};

template <>
struct Table<Opinion> {
  static constexpr std::array kEntries = {Entry<Opinion>{Opinion::kUnknown, "UNKNOWN"},
                                          Entry<Opinion>{Opinion::kAgrees, "AGREES"},
                                          Entry<Opinion>{Opinion::kDisagrees, "DISAGREES"}};
};

template <>
struct Table<ApplicationState> {
  static constexpr std::array kEntries = {
      Entry<ApplicationState>{ApplicationState::kApplied, "APPLIED"},
      Entry<ApplicationState>{ApplicationState::kOffered, "OFFERED"},
      Entry<ApplicationState>{ApplicationState::kEnrolled, "ENROLLED"},
      Entry<ApplicationState>{ApplicationState::kNoEnrolment, "NO_ENROLMENT"},
      Entry<ApplicationState>{ApplicationState::kWithdrawn, "WITHDRAWN"}};
};

template <>
struct Table<HandoverState> {
  static constexpr std::array kEntries = {
      Entry<HandoverState>{HandoverState::kNotNeeded, "NOT_NEEDED"},
      Entry<HandoverState>{HandoverState::kNeeded, "NEEDED"},
      Entry<HandoverState>{HandoverState::kPlanned, "PLANNED"},
      Entry<HandoverState>{HandoverState::kHeld, "HELD"},
      Entry<HandoverState>{HandoverState::kSupportAgreed, "SUPPORT_AGREED"},
      Entry<HandoverState>{HandoverState::kFollowedUp, "FOLLOWED_UP"},
      Entry<HandoverState>{HandoverState::kDeclined, "DECLINED"}};
};

template <>
struct Table<Participant> {
  static constexpr std::array kEntries = {
      Entry<Participant>{Participant::kPupil, "PUPIL"},
      Entry<Participant>{Participant::kGuardian, "GUARDIAN"},
      Entry<Participant>{Participant::kDelivering, "DELIVERING"},
      Entry<Participant>{Participant::kReceiving, "RECEIVING"},
      Entry<Participant>{Participant::kCareParty, "CARE_PARTY"}};
};

template <>
struct Table<FirstYearStatus> {
  static constexpr std::array kEntries = {
      Entry<FirstYearStatus>{FirstYearStatus::kStillEnrolled, "STILL_ENROLLED"},
      Entry<FirstYearStatus>{FirstYearStatus::kSwitched, "SWITCHED"},
      Entry<FirstYearStatus>{FirstYearStatus::kDeregistered, "DEREGISTERED"}};
};

template <>
struct Table<Process> {
  static constexpr std::array kEntries = {Entry<Process>{Process::kTransition, "TRANSITION"},
                                          Entry<Process>{Process::kWarmHandover, "WARM_HANDOVER"},
                                          Entry<Process>{Process::kFirstYear, "FIRST_YEAR"}};
};

template <>
struct Table<RecallReason> {
  static constexpr std::array kEntries = {
      Entry<RecallReason>{RecallReason::kConsentWithdrawn, "CONSENT_WITHDRAWN"},
      Entry<RecallReason>{RecallReason::kBasisEnded, "BASIS_ENDED"},
      Entry<RecallReason>{RecallReason::kErased, "ERASED"},
      Entry<RecallReason>{RecallReason::kNoEnrolment, "NO_ENROLMENT"}};
};

template <>
struct Table<ErasureGround> {
  static constexpr std::array kEntries = {
      Entry<ErasureGround>{ErasureGround::kRequest, "REQUEST"},
      Entry<ErasureGround>{ErasureGround::kRetentionEnded, "RETENTION_ENDED"},
      Entry<ErasureGround>{ErasureGround::kUnlawful, "UNLAWFUL"}};
};

template <typename Enum>
absl::string_view NameOf(Enum value) {
  for (const auto& entry : Table<Enum>::kEntries) {
    if (entry.value == value) return entry.name;
  }
  return "";  // no value of the enum
}

}  // namespace

absl::string_view Name(Category value) {
  return NameOf(value);
}

absl::string_view Name(Purpose value) {
  return NameOf(value);
}

absl::string_view Name(Relation value) {
  return NameOf(value);
}

absl::string_view Name(DossierState value) {
  return NameOf(value);
}

absl::string_view Name(Origin value) {
  return NameOf(value);
}

absl::string_view Name(Finality value) {
  return NameOf(value);
}

absl::string_view Name(Person value) {
  return NameOf(value);
}

absl::string_view Name(Opinion value) {
  return NameOf(value);
}

absl::string_view Name(ApplicationState value) {
  return NameOf(value);
}

absl::string_view Name(HandoverState value) {
  return NameOf(value);
}

absl::string_view Name(Participant value) {
  return NameOf(value);
}

absl::string_view Name(FirstYearStatus value) {
  return NameOf(value);
}

absl::string_view Name(Process value) {
  return NameOf(value);
}

absl::string_view Name(RecallReason value) {
  return NameOf(value);
}

absl::string_view Name(ErasureGround value) {
  return NameOf(value);
}

template <typename Enum>
std::optional<Enum> FromName(absl::string_view name) {
  for (const auto& entry : Table<Enum>::kEntries) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

template std::optional<Category> FromName<Category>(absl::string_view);
template std::optional<Purpose> FromName<Purpose>(absl::string_view);
template std::optional<Relation> FromName<Relation>(absl::string_view);
template std::optional<DossierState> FromName<DossierState>(absl::string_view);
template std::optional<Origin> FromName<Origin>(absl::string_view);
template std::optional<Finality> FromName<Finality>(absl::string_view);
template std::optional<Person> FromName<Person>(absl::string_view);
template std::optional<Opinion> FromName<Opinion>(absl::string_view);
template std::optional<ApplicationState> FromName<ApplicationState>(absl::string_view);
template std::optional<HandoverState> FromName<HandoverState>(absl::string_view);
template std::optional<Participant> FromName<Participant>(absl::string_view);
template std::optional<FirstYearStatus> FromName<FirstYearStatus>(absl::string_view);
template std::optional<Process> FromName<Process>(absl::string_view);
template std::optional<RecallReason> FromName<RecallReason>(absl::string_view);
template std::optional<ErasureGround> FromName<ErasureGround>(absl::string_view);

}  // namespace vsv::dossiers

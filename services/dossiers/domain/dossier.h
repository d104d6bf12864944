// The dossier and its content.
#pragma once

#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/ids.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Course of a dossier (DDD practice). Stored by name (names.h).
enum class DossierState : uint8_t {
  kAInProgress,
  kADone,
  kBInProgress,
  kBDone,
  kAgreementPending,
  kAgreed,
  kSent,
  kAccepted,
  kProcessed,
  kRejected,
  kWithdrawn,
};

// Where the young person comes from.
enum class Origin : uint8_t { kVoSchool, kVavo, kMboSwitch, kRmcReturn, kPrecedingProvision };

// Provisional until the final results are in.
enum class Finality : uint8_t { kProvisional, kFinal };

// One part of the content: a closed message of one category, opaque here.
struct Section {
  Category category = Category::kAdministrative;
  std::string document;  // deterministic serialization
};

// Process facts. Whoever is granted anything of a dossier is granted these.
struct Dossier {
  RegionId region;
  DossierId id;
  PupilId pupil;
  int64_t version =
      1;  // the etag; grows by one with each change of the dossier or of what belongs to it
  DossierState state = DossierState::kAInProgress;
  std::map<DossierState, absl::Time> state_times;  // last time each state was entered
  Origin origin = Origin::kVoSchool;
  Finality finality = Finality::kProvisional;
  bool late_entrant = false;  // zij-instromer: may skip part B
  OrganisationId delivering;
  std::optional<OrganisationId> receiving;  // addressee, from SENT on
  OrganisationId responsible;               // exactly one at every moment
  MunicipalityCode residence;
  bool has_start_qualification = false;  // startkwalificatie: havo, vwo or mbo-2+ diploma
  int school_year = 0;    // first calendar year of the school year in which it is made
  absl::CivilDay due_on;  // by when the dossier should have been accepted
  absl::CivilDay
      birth_on;  // of the pupil: for the rules of age alone, leaves only in ADMINISTRATIVE
  std::string rejection_reason;  // RejectionReason name; "" unless REJECTED
  std::string rejection_note;    // 0..500 characters
  absl::Time created_at;
  absl::Time updated_at;
};

// Who speaks for the young person.
enum class Person : uint8_t { kPupil, kGuardian };

// Akkoord (the regions' word: instemming) with the content. Not consent, not objection.
enum class Opinion : uint8_t { kUnknown, kAgrees, kDisagrees };

// One record of inzage: that somebody has seen the dossier, and what they said. Never changed, only
// added to.
struct PersonView {
  ViewId id;
  Person person = Person::kPupil;
  std::string role;  // e.g. "mother", "legal guardian"; 1..60 characters
  absl::CivilDay seen_on;
  Opinion opinion = Opinion::kUnknown;
  std::string reason;    // of the opinion, 0..2000 characters
  std::string evidence;  // how the school knows: reference to a signed form, a log-in, a talk
  bool permitted_by_student = false;  // from 18 a guardian sees nothing without it
  int64_t content_version = 0;        // Dossier::version that was seen
  absl::Time recorded_at;
};

// What the responsible organisation falls back on without an enrolment, resolved at the reference
// date.
struct Residence {
  std::optional<OrganisationId> attendance_office;
  std::optional<OrganisationId> rmc_office;
};

}  // namespace vsv::dossiers

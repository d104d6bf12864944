// Applications to mbo: one pupil may have several at a time.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <string>

namespace vsv::dossiers {

// APPLIED -> OFFERED -> ENROLLED; from the first two also NO_ENROLMENT and WITHDRAWN.
enum class ApplicationState : uint8_t { kApplied, kOffered, kEnrolled, kNoEnrolment, kWithdrawn };

// Belongs to one dossier.
struct Application {
  ApplicationId id;
  OrganisationId institution;  // applied to
  std::string course;          // name or code of the course, 1..120 characters
  absl::CivilDay applied_on;   // by law before 1 April for the right of admission
  ApplicationState state = ApplicationState::kApplied;
  absl::CivilDay state_on;  // day of the latest transition
  absl::Time created_at;
};

// True while it may still lead to an enrolment, or has.
bool IsOpen(ApplicationState state);

// The transitions; STATE_CONFLICT otherwise. Who may: see application_rules.h.
absl::StatusOr<Application> Offer(Application application, absl::CivilDay on);
absl::StatusOr<Application> Enrol(Application application, absl::CivilDay on);
// `outcome` is kNoEnrolment or kWithdrawn.
absl::StatusOr<Application> Close(Application application, ApplicationState outcome,
                                  absl::CivilDay on);

}  // namespace vsv::dossiers

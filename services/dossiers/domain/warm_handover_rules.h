// The state machine of the warm handover. Pure, one function per RPC. Errors: ROLE_REQUIRED,
// STATE_CONFLICT.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// By the delivering or the receiving organisation, in any state of the dossier but WITHDRAWN.
absl::StatusOr<DossierChange> RequireHandover(const DossierRow& row, const Asker& asker,
                                              std::optional<absl::CivilDay> due_on);
absl::StatusOr<DossierChange> PlanHandover(const DossierRow& row, const Asker& asker,
                                           absl::CivilDay planned_on);
absl::StatusOr<DossierChange> HoldHandover(const DossierRow& row, const Asker& asker,
                                           absl::CivilDay held_on,
                                           std::vector<Participant> participants);
absl::StatusOr<DossierChange> DeclineHandover(const DossierRow& row, const Asker& asker,
                                              std::string reason);

// What was agreed, by whom, and when the school begins.
struct SupportAgreement {
  absl::CivilDay agreed_on;
  Person agreed_by = Person::kPupil;  // the student from 16, a guardian before
  absl::CivilDay first_school_day;
  std::string text;
};

// By the receiving institution; the evaluation falls due six weeks after the first school day. Also
// PERSON_NOT_ENTITLED.
absl::StatusOr<DossierChange> AgreeSupport(const DossierRow& row, const Asker& asker,
                                           SupportAgreement agreement);

// By the receiving institution.
absl::StatusOr<DossierChange> FollowUpHandover(const DossierRow& row, const Asker& asker,
                                               absl::CivilDay followed_up_on, std::string outcome);

}  // namespace vsv::dossiers

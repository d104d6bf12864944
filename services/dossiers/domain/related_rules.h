// What can be done with what belongs to a dossier: applications, consents, first-year outcomes.
// Pure, one function per RPC.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// By the delivering or responsible organisation. Errors: ROLE_REQUIRED, STATE_CONFLICT (withdrawn),
// APPLICATION_EXISTS, DOSSIER_FULL.
absl::StatusOr<DossierChange> RecordApplication(const DossierRow& row, const Asker& asker,
                                                Application application);

// By the institution applied to. Errors: APPLICATION_NOT_FOUND, ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> OfferPlace(const DossierRow& row, const Asker& asker,
                                         const ApplicationId& id);
absl::StatusOr<DossierChange> EnrolApplicant(const DossierRow& row, const Asker& asker,
                                             const ApplicationId& id);

// NO_ENROLMENT by the institution, WITHDRAWN by it or by whoever guides. Where no other application
// at the institution is open, a dossier there is recalled: it goes back to AGREED, and without any
// other open application the office of residence becomes responsible. Errors:
// APPLICATION_NOT_FOUND, ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> CloseApplication(const DossierRow& row, const Asker& asker,
                                               const ApplicationId& id, ApplicationState outcome);

// By the delivering or responsible organisation; given by a guardian below 16, by the pupil from
// 16, at the day it was given. Errors: ROLE_REQUIRED, STATE_CONFLICT (withdrawn dossier),
// PERSON_NOT_ENTITLED, DOSSIER_FULL.
absl::StatusOr<DossierChange> RecordConsent(const DossierRow& row, const Asker& asker,
                                            Consent consent);

// By whoever guides, recorded it, or receives on it. Errors: CONSENT_NOT_FOUND, ROLE_REQUIRED,
// CONSENT_WITHDRAWN.
absl::StatusOr<DossierChange> WithdrawConsent(const DossierRow& row, const Asker& asker,
                                              const ConsentId& id);

// By the addressee, once accepted. `outcome.count_on` is one of the count dates. Errors:
// ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> RecordFirstYear(const DossierRow& row, const Asker& asker,
                                              FirstYearOutcome outcome);

// True for 1 November of the first mbo year and 1 October of the next, for a dossier made in
// `school_year`.
bool IsCountDate(absl::CivilDay day, int school_year);

}  // namespace vsv::dossiers

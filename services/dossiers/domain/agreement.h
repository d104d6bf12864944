// Inzage and akkoord: has whoever decides seen the dossier, and what did they say.
#pragma once

#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace vsv::dossiers {

// OK when whoever decides on `day` has seen the content as it stands now (since part B was last
// completed); INSPECTION_MISSING otherwise. By law inzage is what a transfer needs (WVO 2020, since
// 2020-08-01).
absl::Status CheckInspection(const DossierRow& row, absl::CivilDay day);

// OK when, besides, they agree: at least one says yes and nobody who decides says no. Otherwise
// INSPECTION_MISSING, AGREEMENT_MISSING, or DISAGREEMENT. Of each person (by role) the latest word
// counts. Whoever does not decide has no veto.
absl::Status CheckAgreement(const DossierRow& row, absl::CivilDay day);

}  // namespace vsv::dossiers

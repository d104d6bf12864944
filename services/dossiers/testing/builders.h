// Rows and askers for tests, complete and plausible, so that a test says only what it is about.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/strings/string_view.h"

namespace vsv::dossiers::testing {

// The call of an organisation at noon of 2026-05-11, for TRANSITION, by any relation.
Asker AskerOf(absl::string_view organisation);

// A dossier of region 16, made by "school" in 2025-2026 for a pupil of 17 living in GM0307, in
// `state`, as the delivering organisation sees it: parts A and B written, due 2026-07-01. From SENT
// on it is at "mbo", which has an application of it; from ACCEPTED on "mbo" is responsible.
// Residence: "attendance" and "rmc".
DossierRow RowIn(DossierState state);

// The same, seen by a pupil who agrees once part B was complete.
DossierRow AgreedBy(DossierRow row, Person person, Opinion opinion,
                    absl::string_view role = "pupil");

// An application in `state`.
Application ApplicationAt(absl::string_view institution, ApplicationState state,
                          absl::string_view id = "application-1");

}  // namespace vsv::dossiers::testing

// Every pupil has at every moment one responsible organisation.
#pragma once

#include "services/dossiers/domain/dossier_row.h"

#include "absl/time/civil_time.h"

namespace vsv::dossiers {

// Who is responsible without an enrolment and without another application: the attendance office of
// residence under 18, the RMC office from 18; where one is not known the other, where neither is
// the delivering organisation.
OrganisationId ResponsibleWithoutEnrolment(const DossierRow& row, absl::CivilDay day);

}  // namespace vsv::dossiers

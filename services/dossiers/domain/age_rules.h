// Who decides, and who may see, at which age. Parents decide below 16, the pupil from 16, and from
// 18 parents see nothing without the student (AVG art. 8 with UAVG art. 5; WVO 2020; BW 1:233).
#pragma once

#include "services/dossiers/domain/dossier.h"

#include "absl/time/civil_time.h"

namespace vsv::dossiers {

// Who decides on `day` for somebody born on `birth_on`.
Person Decider(absl::CivilDay birth_on, absl::CivilDay day);

// Whether a guardian may see the dossier on `day`; from 18 only when the student permits it.
bool GuardianMaySee(absl::CivilDay birth_on, absl::CivilDay day, bool permitted_by_student);

// Whether the attendance office is still in charge: compulsory education and qualification end at
// 18 (Leerplichtwet 1969).
bool IsUnderAttendanceLaw(absl::CivilDay birth_on, absl::CivilDay day);

}  // namespace vsv::dossiers

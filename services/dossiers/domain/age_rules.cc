#include "services/dossiers/domain/age_rules.h"

#include "libs/base/local_date.h"

namespace vsv::dossiers {
namespace {

constexpr int kDecidesFrom = 16;
constexpr int kAdultFrom = 18;

}  // namespace

Person Decider(absl::CivilDay birth_on, absl::CivilDay day) {
  return day < base::ReachesAgeOn(birth_on, kDecidesFrom) ? Person::kGuardian : Person::kPupil;
}

bool GuardianMaySee(absl::CivilDay birth_on, absl::CivilDay day, bool permitted_by_student) {
  return permitted_by_student || day < base::ReachesAgeOn(birth_on, kAdultFrom);
}

bool IsUnderAttendanceLaw(absl::CivilDay birth_on, absl::CivilDay day) {
  return day < base::ReachesAgeOn(birth_on, kAdultFrom);
}

}  // namespace vsv::dossiers

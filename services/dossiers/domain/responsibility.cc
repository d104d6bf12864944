#include "services/dossiers/domain/responsibility.h"

#include "services/dossiers/domain/age_rules.h"

namespace vsv::dossiers {

OrganisationId ResponsibleWithoutEnrolment(const DossierRow& row, absl::CivilDay day) {
  const std::optional<OrganisationId>& attendance = row.residence.attendance_office;
  const std::optional<OrganisationId>& rmc = row.residence.rmc_office;
  const bool young = IsUnderAttendanceLaw(row.dossier.birth_on, day);
  const std::optional<OrganisationId>& first = young ? attendance : rmc;
  const std::optional<OrganisationId>& second = young ? rmc : attendance;
  return first.value_or(second.value_or(row.dossier.delivering));
}

}  // namespace vsv::dossiers

#include "services/programs/storage/pg_region_roles.h"

#include "libs/base/status_macros.h"
#include "libs/pg/transaction.h"
#include "services/programs/storage/statements.h"

namespace vsv::programs {
namespace {

// A kind that the register may have and this service does not know gives no right.
void Add(absl::string_view kind, std::set<ProgrammeRole>& roles) {
  if (kind == "CONTACT_MUNICIPALITY") roles.insert(ProgrammeRole::kContactMunicipality);
  if (kind == "CENTRAL_MUNICIPALITY") roles.insert(ProgrammeRole::kCentralMunicipality);
  if (kind == "CONTACT_SCHOOL") roles.insert(ProgrammeRole::kContactSchool);
  if (kind == "LEAD_ORGANISATION") roles.insert(ProgrammeRole::kLeadOrganisation);
  if (kind == "PARTNER") roles.insert(ProgrammeRole::kPartner);
}

}  // namespace

absl::StatusOr<std::set<ProgrammeRole>> PgRegionRoles::RolesOf(absl::string_view region,
                                                               const OrganisationId& organisation,
                                                               absl::CivilDay day,
                                                               absl::Time deadline) {
  std::set<ProgrammeRole> roles;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        roles.clear();
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(sql::kListProgrammeRoles,
                       pg::Params().Text(region).Text(organisation.value()).Day(day)));
        for (const pg::Row row : rows) Add(row.Text("kind"), roles);
        return absl::OkStatus();
      }));
  return roles;
}

}  // namespace vsv::programs

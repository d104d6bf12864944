#include "services/partners/storage/pg_register.h"

#include "libs/base/status_macros.h"
#include "services/partners/storage/statements.h"

namespace vsv::partners {

namespace {

absl::StatusOr<std::optional<Organisation>> ReadOrganisation(pg::Transaction& tx,
                                                             std::optional<std::string> id) {
  if (!id) return std::optional<Organisation>();
  VSV_ASSIGN_OR_RETURN(std::vector<Organisation> found,
                       Rows<Organisation>::Read(tx, {Key{.parent = "", .id = *std::move(id)}}));
  if (found.empty()) return std::optional<Organisation>();
  return std::optional<Organisation>(std::move(found[0]));
}

absl::StatusOr<Residence> ReadResidence(pg::Transaction& tx, absl::string_view municipality_code,
                                        absl::CivilDay day) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kGetResidence, pg::Params().Text(municipality_code).Day(day)));
  if (rows.empty()) return errors::NotFound("MUNICIPALITY");
  Residence residence;
  VSV_ASSIGN_OR_RETURN(
      const std::vector<Region> regions,
      Rows<Region>::Read(tx, {Key{.parent = "", .id = rows[0].Text("region_id")}}));
  VSV_ASSIGN_OR_RETURN(const std::optional<Organisation> municipality,
                       ReadOrganisation(tx, rows[0].Text("municipality_id")));
  if (regions.empty() || !municipality)
    return errors::Internal("a residence without region or municipality");
  residence.region = regions[0];
  residence.municipality = *municipality;
  VSV_ASSIGN_OR_RETURN(residence.rmc_office,
                       ReadOrganisation(tx, rows[0].OptionalText("rmc_office_id")));
  VSV_ASSIGN_OR_RETURN(residence.attendance_office,
                       ReadOrganisation(tx, rows[0].OptionalText("attendance_office_id")));
  return residence;
}

}  // namespace

absl::StatusOr<Residence> PgResidenceStore::Resolve(absl::string_view municipality_code,
                                                    absl::CivilDay day, absl::Time deadline) {
  Residence residence;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(residence, ReadResidence(tx, municipality_code, day));
        return absl::OkStatus();
      }));
  return residence;
}

PgRegister::PgRegister(pg::Pool& pool)
    : organisations_(pool),
      regions_(pool),
      memberships_(pool),
      programme_roles_(pool),
      agreements_(pool),
      mandates_(pool),
      credentials_(pool),
      residences_(pool) {}

}  // namespace vsv::partners

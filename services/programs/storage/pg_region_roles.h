// Programme roles from the projection of the register in this service's own database.
#pragma once

#include "libs/pg/pool.h"
#include "services/programs/domain/region_roles.h"

namespace vsv::programs {

class PgRegionRoles : public RegionRoles {
 public:
  // `pool` as the app role; it must outlive this.
  explicit PgRegionRoles(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<std::set<ProgrammeRole>> RolesOf(absl::string_view region,
                                                  const OrganisationId& organisation,
                                                  absl::CivilDay day, absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::programs

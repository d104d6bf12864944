// All stores of the register on one pool.
#pragma once

#include "libs/pg/pool.h"
#include "services/partners/domain/register_store.h"
#include "services/partners/storage/pg_resource_store.h"

namespace vsv::partners {

class PgResidenceStore final : public ResidenceStore {
 public:
  explicit PgResidenceStore(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<Residence> Resolve(absl::string_view municipality_code, absl::CivilDay day,
                                    absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

// Thread-safe. The pool must outlive it.
class PgRegister {
 public:
  explicit PgRegister(pg::Pool& pool);

  RegisterStores stores() {
    return {organisations_, regions_,  memberships_, programme_roles_,
            agreements_,    mandates_, credentials_, residences_};
  }

 private:
  PgResourceStore<Organisation, OrganisationQuery> organisations_;
  PgEntryStore<Region, RegionQuery, RegionStore> regions_;
  PgResourceStore<RegionMembership, MembershipQuery> memberships_;
  PgResourceStore<ProgrammeRole, ProgrammeRoleQuery> programme_roles_;
  PgResourceStore<Agreement, AgreementQuery> agreements_;
  PgResourceStore<Mandate, MandateQuery> mandates_;
  PgResourceStore<Credential, CredentialQuery> credentials_;
  PgResidenceStore residences_;
};

}  // namespace vsv::partners

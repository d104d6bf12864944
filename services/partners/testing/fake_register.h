// All stores of the register in memory.
#pragma once

#include "services/partners/testing/fake_resource_store.h"

namespace vsv::partners {

class FakeResidenceStore final : public ResidenceStore {
 public:
  explicit FakeResidenceStore(FakeState& state) : state_(state) {}

  absl::StatusOr<Residence> Resolve(absl::string_view municipality_code, absl::CivilDay day,
                                    absl::Time) override;

 private:
  FakeState& state_;
};

class FakeRegister {
 public:
  RegisterStores stores() {
    return {organisations_, regions_,  memberships_, programme_roles_,
            agreements_,    mandates_, credentials_, residences_};
  }

 private:
  FakeState state_;
  FakeResourceStore<Organisation, OrganisationQuery> organisations_{state_};
  FakeEntryStore<Region, RegionQuery, RegionStore> regions_{state_};
  FakeResourceStore<RegionMembership, MembershipQuery> memberships_{state_};
  FakeResourceStore<ProgrammeRole, ProgrammeRoleQuery> programme_roles_{state_};
  FakeResourceStore<Agreement, AgreementQuery> agreements_{state_};
  FakeResourceStore<Mandate, MandateQuery> mandates_{state_};
  FakeResourceStore<Credential, CredentialQuery> credentials_{state_};
  FakeResidenceStore residences_{state_};
};

}  // namespace vsv::partners

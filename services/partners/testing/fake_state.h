// The register in memory: what the fake stores share.
#pragma once

#include "services/partners/domain/entry_rules.h"
#include "services/partners/domain/register_store.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include <map>
#include <string>
#include <tuple>

namespace vsv::partners {

// All resources by key, and the request ids that were used.
struct FakeState {
  struct Request {
    std::string body_hash;
    Key effect;
  };

  template <typename T>
  std::map<Key, T>& Of() {
    return std::get<std::map<Key, T>>(resources);
  }

  template <typename T>
  const std::map<Key, T>& Of() const {
    return std::get<std::map<Key, T>>(resources);
  }

  absl::Mutex mutex;
  std::tuple<std::map<Key, Organisation>, std::map<Key, Region>, std::map<Key, RegionMembership>,
             std::map<Key, ProgrammeRole>, std::map<Key, Agreement>, std::map<Key, Mandate>,
             std::map<Key, Credential>>
      resources;
  std::map<std::tuple<std::string, std::string, std::string>, Request> requests;
};

// The rules' view of it. Requires the state's mutex.
class FakeFacts final : public RegisterFacts {
 public:
  explicit FakeFacts(const FakeState& state) : state_(state) {}

  absl::StatusOr<std::optional<Organisation>> FindOrganisation(const OrganisationId& id) override;
  absl::StatusOr<std::optional<OrganisationId>> HolderOf(const Identifier& identifier) override;
  absl::StatusOr<bool> RegionExists(const RegionId& id) override;
  absl::StatusOr<bool> AgreementExists(const AgreementId& id) override;
  absl::StatusOr<bool> CredentialExists(const CredentialId& id) override;
  absl::StatusOr<std::vector<RegionMembership>> MembershipsOf(const OrganisationId& id) override;
  absl::StatusOr<std::vector<ProgrammeRole>> ProgrammeRolesOf(const OrganisationId& id) override;

 private:
  const FakeState& state_;
};

// Whether a list shows the resource. Page limits apart.
bool Matches(const FakeState& state, const Organisation& organisation,
             const OrganisationQuery& query);
bool Matches(const FakeState& state, const Region& region, const RegionQuery& query);
bool Matches(const FakeState& state, const RegionMembership& membership,
             const MembershipQuery& query);
bool Matches(const FakeState& state, const ProgrammeRole& role, const ProgrammeRoleQuery& query);
bool Matches(const FakeState& state, const Agreement& agreement, const AgreementQuery& query);
bool Matches(const FakeState& state, const Mandate& mandate, const MandateQuery& query);
bool Matches(const FakeState& state, const Credential& credential, const CredentialQuery& query);

}  // namespace vsv::partners

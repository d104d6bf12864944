#include "services/partners/testing/fake_state.h"

#include <algorithm>

namespace vsv::partners {

namespace {

template <typename T>
bool Exists(const FakeState& state, absl::string_view id) {
  return state.Of<T>().contains(Key{.parent = "", .id = std::string(id)});
}

template <typename T>
std::vector<T> OfOrganisation(const FakeState& state, const OrganisationId& id) {
  std::vector<T> found;
  for (const auto& [key, resource] : state.Of<T>()) {
    if (resource.organisation == id) found.push_back(resource);
  }
  return found;
}

template <typename Id>
bool Asked(const Id& asked, const Id& value) {
  return asked.empty() || asked == value;
}

template <typename Enum>
bool AskedValue(Enum asked, Enum value) {
  return asked == Enum::kUnspecified || asked == value;
}

bool HoldsOn(const std::optional<absl::CivilDay>& day, const Period& validity) {
  return !day || validity.Contains(*day);
}

}  // namespace

absl::StatusOr<std::optional<Organisation>> FakeFacts::FindOrganisation(const OrganisationId& id) {
  const auto& organisations = state_.Of<Organisation>();
  const auto it = organisations.find(Key{.parent = "", .id = id.value()});
  if (it == organisations.end()) return std::optional<Organisation>();
  return std::optional<Organisation>(it->second);
}

absl::StatusOr<std::optional<OrganisationId>> FakeFacts::HolderOf(const Identifier& identifier) {
  for (const auto& [key, organisation] : state_.Of<Organisation>()) {
    const std::vector<Identifier>& own = organisation.identifiers;
    if (std::find(own.begin(), own.end(), identifier) != own.end())
      return std::optional<OrganisationId>(organisation.id);
  }
  return std::optional<OrganisationId>();
}

absl::StatusOr<bool> FakeFacts::RegionExists(const RegionId& id) {
  return Exists<Region>(state_, id.value());
}

absl::StatusOr<bool> FakeFacts::AgreementExists(const AgreementId& id) {
  return Exists<Agreement>(state_, id.value());
}

absl::StatusOr<bool> FakeFacts::CredentialExists(const CredentialId& id) {
  for (const auto& [key, credential] : state_.Of<Credential>()) {
    if (credential.id == id) return true;
  }
  return false;
}

absl::StatusOr<std::vector<RegionMembership>> FakeFacts::MembershipsOf(const OrganisationId& id) {
  return OfOrganisation<RegionMembership>(state_, id);
}

absl::StatusOr<std::vector<ProgrammeRole>> FakeFacts::ProgrammeRolesOf(const OrganisationId& id) {
  return OfOrganisation<ProgrammeRole>(state_, id);
}

bool Matches(const FakeState& state, const Organisation& organisation,
             const OrganisationQuery& query) {
  if (!AskedValue(query.kind, organisation.kind) ||
      !AskedValue(query.status, organisation.status) || !Asked(query.parent, organisation.parent)) {
    return false;
  }
  if (query.identifier &&
      std::find(organisation.identifiers.begin(), organisation.identifiers.end(),
                *query.identifier) == organisation.identifiers.end()) {
    return false;
  }
  if (query.region.empty()) return true;
  const std::vector<RegionMembership> memberships =
      OfOrganisation<RegionMembership>(state, organisation.id);
  return std::any_of(
      memberships.begin(), memberships.end(), [&](const RegionMembership& membership) {
        return membership.region == query.region && membership.validity.Contains(query.day);
      });
}

bool Matches(const FakeState&, const Region&, const RegionQuery&) {
  return true;
}

bool Matches(const FakeState&, const RegionMembership& membership, const MembershipQuery& query) {
  return Asked(query.region, membership.region) &&
         Asked(query.organisation, membership.organisation) &&
         HoldsOn(query.day, membership.validity);
}

bool Matches(const FakeState&, const ProgrammeRole& role, const ProgrammeRoleQuery& query) {
  return Asked(query.region, role.region) && Asked(query.organisation, role.organisation) &&
         AskedValue(query.kind, role.kind) && HoldsOn(query.day, role.validity);
}

bool Matches(const FakeState&, const Agreement& agreement, const AgreementQuery& query) {
  const bool is_party = std::any_of(
      agreement.parties.begin(), agreement.parties.end(),
      [&](const AgreementParty& party) { return Asked(query.party, party.organisation); });
  return is_party && Asked(query.region, agreement.region) &&
         AskedValue(query.state, agreement.state) && (!query.day || InForce(agreement, *query.day));
}

bool Matches(const FakeState&, const Mandate& mandate, const MandateQuery& query) {
  return Asked(query.organisation, mandate.organisation) &&
         Asked(query.supplier, mandate.supplier) &&
         (!query.day || (!mandate.revoked_at && mandate.validity.Contains(*query.day)));
}

bool Matches(const FakeState&, const Credential& credential, const CredentialQuery& query) {
  return Asked(query.organisation, credential.organisation) &&
         Asked(query.thumbprint, credential.id) &&
         (!query.day || (!credential.revoked_at && credential.validity.Contains(*query.day)));
}

}  // namespace vsv::partners

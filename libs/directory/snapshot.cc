#include "libs/directory/snapshot.h"

#include <utility>

namespace vsv::directory {

namespace {

// Longest chain of parents in the register.
constexpr int kMaxLevels = 8;

policy::v1::Role RoleOfKind(absl::string_view kind) {
  static const auto* const roles = new absl::flat_hash_map<std::string, policy::v1::Role>{
      {"SCHOOL_BOARD", policy::v1::ROLE_SCHOOL_BOARD},
      {"VO_SCHOOL", policy::v1::ROLE_SCHOOL},
      {"PRO_SCHOOL", policy::v1::ROLE_SCHOOL},
      {"VSO_SCHOOL", policy::v1::ROLE_SCHOOL},
      {"ISK", policy::v1::ROLE_SCHOOL},
      {"VAVO", policy::v1::ROLE_SCHOOL},
      {"MBO_INSTITUTION", policy::v1::ROLE_MBO},
      {"MBO_COLLEGE", policy::v1::ROLE_MBO},
      {"MBO_TEAM", policy::v1::ROLE_MBO},
      {"MUNICIPALITY", policy::v1::ROLE_MUNICIPALITY},
      {"RMC_OFFICE", policy::v1::ROLE_RMC_OFFICE},
      {"ATTENDANCE_OFFICE", policy::v1::ROLE_ATTENDANCE_OFFICE},
      {"SUPPORT_ALLIANCE", policy::v1::ROLE_SUPPORT_ALLIANCE},
      {"CARE_PROVIDER", policy::v1::ROLE_CARE_PROVIDER}};
  const auto it = roles->find(kind);
  return it == roles->end() ? policy::v1::ROLE_OTHER : it->second;
}

template <typename Map>
auto FindIn(const Map& map, absl::string_view key) -> typename Map::mapped_type {
  const auto it = map.find(key);
  return it == map.end() ? typename Map::mapped_type() : it->second;
}

}  // namespace

Snapshot::Snapshot(Content content) : content_(std::move(content)) {
  for (const Organisation& organisation : content_.organisations) {
    organisations_.emplace(organisation.id, &organisation);
    if (!organisation.oin.empty()) by_oin_.emplace(organisation.oin, &organisation);
  }
  for (const Credential& credential : content_.credentials)
    credentials_.emplace(credential.thumbprint, &credential);
  for (const Mandate& mandate : content_.mandates)
    mandates_[mandate.supplier_id].push_back(&mandate);
  for (const ProgrammeRole& role : content_.programme_roles)
    programme_roles_[role.organisation_id].push_back(&role);
}

const Organisation* Snapshot::FindOrganisation(absl::string_view id) const {
  return FindIn(organisations_, id);
}

const Organisation* Snapshot::FindOrganisationByOin(absl::string_view oin) const {
  return FindIn(by_oin_, oin);
}

const Credential* Snapshot::FindCredential(absl::string_view thumbprint) const {
  return FindIn(credentials_, thumbprint);
}

std::vector<const Mandate*> Snapshot::MandatesOf(absl::string_view supplier_id) const {
  return FindIn(mandates_, supplier_id);
}

std::string Snapshot::EffectiveOin(const Organisation& organisation) const {
  const Organisation* at = &organisation;
  for (int level = 0; at != nullptr && level < kMaxLevels; ++level) {
    if (!at->oin.empty()) return at->oin;
    at = FindOrganisation(at->parent_id);
  }
  return "";
}

std::set<policy::v1::Role> Snapshot::RolesOf(const Organisation& organisation,
                                             absl::CivilDay day) const {
  std::set<policy::v1::Role> roles = {RoleOfKind(organisation.kind)};
  for (const ProgrammeRole* role : FindIn(programme_roles_, organisation.id)) {
    if (role->kind != "PARTNER" && role->validity.Contains(day))
      roles.insert(policy::v1::ROLE_PROGRAMME_MANAGER);
  }
  return roles;
}

}  // namespace vsv::directory

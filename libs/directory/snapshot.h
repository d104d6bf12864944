// The register as callers are judged by it: immutable, in memory.
#pragma once

#include "libs/pg/pool.h"

#include "vsv/policy/v1/policy.pb.h"

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vsv::directory {

// Days on which something holds, in Europe/Amsterdam.
struct Validity {
  absl::CivilDay first;
  std::optional<absl::CivilDay> ended;  // first day on which it no longer holds

  bool Contains(absl::CivilDay day) const { return first <= day && (!ended || day < *ended); }
};

struct Organisation {
  std::string id;
  std::string kind;       // as in the contract, without prefix: "MBO_COLLEGE"
  std::string parent_id;  // "" for none
  std::string oin;        // its own; "" for none
  bool suspended = false;
};

struct Credential {
  std::string thumbprint;
  std::string organisation_id;
  std::set<policy::v1::Purpose> purposes;
  Validity validity;
  bool revoked = false;
};

struct Mandate {
  std::string organisation_id;  // who gave it
  std::string supplier_id;
  std::set<std::string> services;  // as in the contract, without prefix: "DOSSIERS"
  std::set<policy::v1::Purpose> purposes;
  Validity validity;
  bool revoked = false;
};

struct ProgrammeRole {
  std::string organisation_id;
  std::string kind;  // as in the contract, without prefix: "CONTACT_SCHOOL"
  Validity validity;
};

// What a snapshot is made of.
struct Content {
  std::vector<Organisation> organisations;
  std::vector<Credential> credentials;
  std::vector<Mandate> mandates;
  std::vector<ProgrammeRole> programme_roles;
  int64_t revision = 0;  // another one means other content
};

class Snapshot {
 public:
  explicit Snapshot(Content content);

  // nullptr when there is none.
  const Organisation* FindOrganisation(absl::string_view id) const;
  const Organisation* FindOrganisationByOin(absl::string_view oin) const;
  const Credential* FindCredential(absl::string_view thumbprint) const;
  // What `supplier_id` may do, in any state.
  std::vector<const Mandate*> MandatesOf(absl::string_view supplier_id) const;

  // The OIN under which an organisation works: its own or the nearest above it; "" for none.
  std::string EffectiveOin(const Organisation& organisation) const;

  // Roles by its kind, and PROGRAMME_MANAGER for who holds a governing part in a programme on
  // `day`.
  std::set<policy::v1::Role> RolesOf(const Organisation& organisation, absl::CivilDay day) const;

  int64_t revision() const { return content_.revision; }

 private:
  const Content content_;
  absl::flat_hash_map<std::string, const Organisation*> organisations_;
  absl::flat_hash_map<std::string, const Organisation*> by_oin_;
  absl::flat_hash_map<std::string, const Credential*> credentials_;
  absl::flat_hash_map<std::string, std::vector<const Mandate*>> mandates_;
  absl::flat_hash_map<std::string, std::vector<const ProgrammeRole*>> programme_roles_;
};

// A snapshot and up to when it is known to be right.
struct DatedSnapshot {
  std::shared_ptr<const Snapshot> snapshot;  // never nullptr
  absl::Time current_as_of = absl::InfinitePast();
};

// Reads the directory tables (or the register's views of the same names). `previous` is kept when
// its content is still the same, so that reading again costs one statement.
absl::StatusOr<DatedSnapshot> LoadSnapshot(pg::Pool& pool,
                                           const std::shared_ptr<const Snapshot>& previous,
                                           absl::Time deadline);

}  // namespace vsv::directory

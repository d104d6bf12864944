// What the register needs of a store. Every operation takes N commands and answers N verdicts, in
// one transaction, in which a refused command leaves no trace and does not touch its neighbours.
#pragma once

#include "services/partners/domain/register_queries.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vsv::partners {

// A mutation's request id, by which a repeat finds the effect of the first.
struct RequestKey {
  std::string caller;      // organisation id
  std::string method;      // full method name
  std::string request_id;  // canonical UUID
  std::string body_hash;   // SHA-256 of the request without its id
};

// Enter a new resource. `resource` is complete, times and version included.
template <typename T>
struct CreateCommand {
  RequestKey request;
  T resource;
  bool validate_only = false;
};

// Change a resource. `decide` gets it as it is, locked, and gives it as it shall be, or refuses; it
// has no effects and may be called more than once. The store raises the version and sets the time
// of the change.
template <typename T>
struct ChangeCommand {
  RequestKey request;
  Key key;
  std::optional<int64_t> expected_version;  // ETAG_MISMATCH for another; nullopt: whatever it is
  absl::Time now;
  std::function<absl::StatusOr<T>(const T& current)> decide;
  bool validate_only = false;
};

// Sets the time of the last change, where the resource keeps one.
template <typename T>
void SetUpdateTime(T& resource, absl::Time now) {
  if constexpr (requires { resource.updated_at; }) resource.updated_at = now;
}

// What is entered, and found again.
//
// Create and Change judge in this order: request id (a repeat gets the resource as it is now,
// REQUEST_ID_REUSED for another body), existence (<RESOURCE>_NOT_FOUND), version (ETAG_MISMATCH),
// `decide`, then the rules of entry_rules.h. With validate_only everything is judged and nothing
// kept, the request id included.
template <typename T, typename Query>
class EntryStore {
 public:
  virtual ~EntryStore() = default;
  virtual std::vector<absl::StatusOr<T>> Create(absl::Span<const CreateCommand<T>> commands,
                                                absl::Time deadline) = 0;
  // In the order of the keys; one snapshot.
  virtual std::vector<absl::StatusOr<T>> Get(absl::Span<const Key> keys, absl::Time deadline) = 0;
  virtual absl::StatusOr<std::vector<T>> List(const Query& query, absl::Time deadline) = 0;
};

// What can also change.
template <typename T, typename Query>
class ResourceStore : public EntryStore<T, Query> {
 public:
  virtual std::vector<absl::StatusOr<T>> Change(absl::Span<const ChangeCommand<T>> commands,
                                                absl::Time deadline) = 0;
};

using OrganisationStore = ResourceStore<Organisation, OrganisationQuery>;
using RegionStore = EntryStore<Region, RegionQuery>;
using MembershipStore = ResourceStore<RegionMembership, MembershipQuery>;
using ProgrammeRoleStore = ResourceStore<ProgrammeRole, ProgrammeRoleQuery>;
using AgreementStore = ResourceStore<Agreement, AgreementQuery>;
using MandateStore = ResourceStore<Mandate, MandateQuery>;
using CredentialStore = ResourceStore<Credential, CredentialQuery>;

// Who is responsible for the young people of a municipality.
class ResidenceStore {
 public:
  virtual ~ResidenceStore() = default;
  // `municipality_code` in canonical form. MUNICIPALITY_NOT_FOUND when it is unknown or in no
  // region on `day`.
  virtual absl::StatusOr<Residence> Resolve(absl::string_view municipality_code, absl::CivilDay day,
                                            absl::Time deadline) = 0;
};

// All of them; outlives whoever holds it.
struct RegisterStores {
  OrganisationStore& organisations;
  RegionStore& regions;
  MembershipStore& memberships;
  ProgrammeRoleStore& programme_roles;
  AgreementStore& agreements;
  MandateStore& mandates;
  CredentialStore& credentials;
  ResidenceStore& residences;
};

}  // namespace vsv::partners

// How each resource lies in the tables. One specialisation of Rows per resource;
// pg_resource_store.h does the rest.
#pragma once

#include "libs/pg/transaction.h"
#include "services/partners/domain/register_queries.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::partners {

// - kResource: name in the change feed and in reasons ("ORGANISATION" -> ORGANISATION_NOT_FOUND)
// - Read: the rows of these keys, in any order, absent ones left out
// - List: one page
// - Insert: the resource and what belongs to it; a race lost to another is a constraint violation
// - Lock: the row until the end of the transaction; its version, or nullopt when there is none
// - Update: what can change of the resource; it exists and is locked
template <typename T>
struct Rows;

template <>
struct Rows<Organisation> {
  static constexpr absl::string_view kResource = "ORGANISATION";
  static absl::StatusOr<std::vector<Organisation>> Read(pg::Transaction& tx,
                                                        absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<Organisation>> List(pg::Transaction& tx,
                                                        const OrganisationQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const Organisation& organisation);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const Organisation& organisation);
};

template <>
struct Rows<Region> {
  static constexpr absl::string_view kResource = "REGION";
  static absl::StatusOr<std::vector<Region>> Read(pg::Transaction& tx, absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<Region>> List(pg::Transaction& tx, const RegionQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const Region& region);
};

template <>
struct Rows<RegionMembership> {
  static constexpr absl::string_view kResource = "REGION_MEMBERSHIP";
  static absl::StatusOr<std::vector<RegionMembership>> Read(pg::Transaction& tx,
                                                            absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<RegionMembership>> List(pg::Transaction& tx,
                                                            const MembershipQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const RegionMembership& membership);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const RegionMembership& membership);
};

template <>
struct Rows<ProgrammeRole> {
  static constexpr absl::string_view kResource = "PROGRAMME_ROLE";
  static absl::StatusOr<std::vector<ProgrammeRole>> Read(pg::Transaction& tx,
                                                         absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<ProgrammeRole>> List(pg::Transaction& tx,
                                                         const ProgrammeRoleQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const ProgrammeRole& role);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const ProgrammeRole& role);
};

template <>
struct Rows<Agreement> {
  static constexpr absl::string_view kResource = "AGREEMENT";
  static absl::StatusOr<std::vector<Agreement>> Read(pg::Transaction& tx,
                                                     absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<Agreement>> List(pg::Transaction& tx,
                                                     const AgreementQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const Agreement& agreement);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const Agreement& agreement);
};

template <>
struct Rows<Mandate> {
  static constexpr absl::string_view kResource = "MANDATE";
  static absl::StatusOr<std::vector<Mandate>> Read(pg::Transaction& tx, absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<Mandate>> List(pg::Transaction& tx, const MandateQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const Mandate& mandate);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const Mandate& mandate);
};

template <>
struct Rows<Credential> {
  static constexpr absl::string_view kResource = "CREDENTIAL";
  static absl::StatusOr<std::vector<Credential>> Read(pg::Transaction& tx,
                                                      absl::Span<const Key> keys);
  static absl::StatusOr<std::vector<Credential>> List(pg::Transaction& tx,
                                                      const CredentialQuery& query);
  static absl::Status Insert(pg::Transaction& tx, const Credential& credential);
  static absl::StatusOr<std::optional<int64_t>> Lock(pg::Transaction& tx, const Key& key);
  static absl::Status Update(pg::Transaction& tx, const Credential& credential);
};

}  // namespace vsv::partners

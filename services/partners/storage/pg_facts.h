// The register as the rules see it, within one transaction.
#pragma once

#include "libs/pg/transaction.h"
#include "services/partners/domain/entry_rules.h"

#include <optional>
#include <vector>

namespace vsv::partners {

// Locks every organisation it is asked for until the end of the transaction, so that two changes
// that depend on the same organisation are judged one after the other.
class PgFacts final : public RegisterFacts {
 public:
  explicit PgFacts(pg::Transaction& tx) : tx_(tx) {}

  absl::StatusOr<std::optional<Organisation>> FindOrganisation(const OrganisationId& id) override;
  absl::StatusOr<std::optional<OrganisationId>> HolderOf(const Identifier& identifier) override;
  absl::StatusOr<bool> RegionExists(const RegionId& id) override;
  absl::StatusOr<bool> AgreementExists(const AgreementId& id) override;
  absl::StatusOr<bool> CredentialExists(const CredentialId& id) override;
  absl::StatusOr<std::vector<RegionMembership>> MembershipsOf(const OrganisationId& id) override;
  absl::StatusOr<std::vector<ProgrammeRole>> ProgrammeRolesOf(const OrganisationId& id) override;

 private:
  pg::Transaction& tx_;
};

// A race lost to another transaction, in the words that the rules have for it; any other status as
// it is.
absl::Status RefusalOf(const absl::Status& status);

}  // namespace vsv::partners

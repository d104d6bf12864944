// What must be true of the rest of the register before something is entered or changed.
#pragma once

#include "services/partners/domain/agreement.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/region.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <optional>
#include <vector>

namespace vsv::partners {

// The register as the rules see it, within the transaction of the change: what was looked at stays
// as it is until the end.
class RegisterFacts {
 public:
  virtual ~RegisterFacts() = default;
  virtual absl::StatusOr<std::optional<Organisation>> FindOrganisation(
      const OrganisationId& id) = 0;
  // Who has the number.
  virtual absl::StatusOr<std::optional<OrganisationId>> HolderOf(const Identifier& identifier) = 0;
  virtual absl::StatusOr<bool> RegionExists(const RegionId& id) = 0;
  virtual absl::StatusOr<bool> AgreementExists(const AgreementId& id) = 0;
  // Whoever has it.
  virtual absl::StatusOr<bool> CredentialExists(const CredentialId& id) = 0;
  // In all regions.
  virtual absl::StatusOr<std::vector<RegionMembership>> MembershipsOf(const OrganisationId& id) = 0;
  virtual absl::StatusOr<std::vector<ProgrammeRole>> ProgrammeRolesOf(const OrganisationId& id) = 0;
};

// ORGANISATION_EXISTS, and what CheckChange checks.
absl::Status CheckEntry(RegisterFacts& facts, const Organisation& organisation);
// IDENTIFIER_EXISTS for a number of another; PARENT_INVALID for a parent that is unknown, of a
// wrong kind, below the organisation itself, or deeper than kMaxLevels.
absl::Status CheckChange(RegisterFacts& facts, const Organisation& organisation);

// REGION_EXISTS.
absl::Status CheckEntry(RegisterFacts& facts, const Region& region);

// REGION_NOT_FOUND, ORGANISATION_NOT_FOUND; PERIOD_OVERLAPS with a membership of the same region
// or, for a municipality, of any: its young people have one responsible office.
absl::Status CheckEntry(RegisterFacts& facts, const RegionMembership& membership);

// REGION_NOT_FOUND, ORGANISATION_NOT_FOUND, KIND_NOT_ELIGIBLE; PERIOD_OVERLAPS with the same part
// in the same region.
absl::Status CheckEntry(RegisterFacts& facts, const ProgrammeRole& role);

// AGREEMENT_EXISTS, REGION_NOT_FOUND, ORGANISATION_NOT_FOUND with the party's name.
absl::Status CheckEntry(RegisterFacts& facts, const Agreement& agreement);

// ORGANISATION_NOT_FOUND and ORGANISATION_SUSPENDED for either side; OIN_MISSING when the supplier
// could not name whom it acts for.
absl::Status CheckEntry(RegisterFacts& facts, const Mandate& mandate);

// ORGANISATION_NOT_FOUND, ORGANISATION_SUSPENDED, CREDENTIAL_EXISTS; OIN_MISSING when no
// certificate could fit.
absl::Status CheckEntry(RegisterFacts& facts, const Credential& credential);

// What has been entered is changed by state or end alone: nothing more to check.
template <typename T>
absl::Status CheckChange(RegisterFacts&, const T&) {
  return absl::OkStatus();
}

}  // namespace vsv::partners

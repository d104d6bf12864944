// How resources of the register are found.
#pragma once

#include "services/partners/domain/agreement.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/region.h"

#include "absl/time/civil_time.h"

#include <optional>
#include <string>

namespace vsv::partners {

// Where a resource is found: its own id, and that of the collection it lies in ("" for top-level
// resources). For a membership or programme role the region, for a mandate or credential the
// organisation.
struct Key {
  std::string parent;
  std::string id;
  friend bool operator==(const Key& a, const Key& b) = default;
  friend auto operator<=>(const Key& a, const Key& b) = default;
};

Key KeyOf(const Organisation& organisation);
Key KeyOf(const Region& region);
Key KeyOf(const RegionMembership& membership);
Key KeyOf(const ProgrammeRole& role);
Key KeyOf(const Agreement& agreement);
Key KeyOf(const Mandate& mandate);
Key KeyOf(const Credential& credential);

// One page, in order of the keys, behind `after`. Empty text and nullopt ask for nothing.
struct Page {
  Key after;
  int limit = 0;
};

struct OrganisationQuery {
  Page page;
  OrganisationKind kind = OrganisationKind::kUnspecified;
  OrganisationStatus status = OrganisationStatus::kUnspecified;
  OrganisationId parent;
  RegionId region;  // member on `day`
  absl::CivilDay day;
  std::optional<Identifier> identifier;
};

struct RegionQuery {
  Page page;
};

struct MembershipQuery {
  Page page;
  RegionId region;
  OrganisationId organisation;
  std::optional<absl::CivilDay> day;
};

struct ProgrammeRoleQuery {
  Page page;
  RegionId region;
  OrganisationId organisation;
  ProgrammeRoleKind kind = ProgrammeRoleKind::kUnspecified;
  std::optional<absl::CivilDay> day;
};

struct AgreementQuery {
  Page page;
  RegionId region;
  AgreementState state = AgreementState::kUnspecified;
  OrganisationId party;
  std::optional<absl::CivilDay> day;  // in force
};

struct MandateQuery {
  Page page;
  OrganisationId organisation;
  OrganisationId supplier;
  std::optional<absl::CivilDay> day;  // holds, not revoked
};

struct CredentialQuery {
  Page page;
  OrganisationId organisation;
  CredentialId thumbprint;
  std::optional<absl::CivilDay> day;  // holds, not revoked
};

}  // namespace vsv::partners

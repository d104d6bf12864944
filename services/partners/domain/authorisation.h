// Mandates to suppliers, and the registration of certificates.
#pragma once

#include "services/partners/domain/ids.h"
#include "services/partners/domain/names.h"
#include "services/partners/domain/period.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <set>
#include <string>

namespace vsv::partners {

// Purposes are named as in vsv.policy.v1, services as in ServiceArea, without prefix: "TRANSITION",
// "DOSSIERS".
struct Mandate {
  OrganisationId organisation;  // who gives it
  MandateId id;
  OrganisationId supplier;
  std::set<std::string> services;
  std::set<std::string> purposes;
  Period validity;
  std::optional<absl::Time> revoked_at;
  int64_t version = 1;
  absl::Time created_at;
  friend bool operator==(const Mandate& a, const Mandate& b) = default;
};

struct Credential {
  CredentialId id;  // the thumbprint
  OrganisationId organisation;
  std::set<std::string> purposes;
  Period validity;
  std::optional<absl::Time> revoked_at;
  int64_t version = 1;
  absl::Time created_at;
  friend bool operator==(const Credential& a, const Credential& b) = default;
};

// STATE_CONFLICT when it is revoked already.
absl::StatusOr<Mandate> Revoke(const Mandate& current, absl::Time now);
absl::StatusOr<Credential> Revoke(const Credential& current, absl::Time now);

}  // namespace vsv::partners

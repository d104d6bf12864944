// Organisations of the field: what they are, and what may change.
#pragma once

#include "libs/base/identifiers.h"
#include "services/partners/domain/ids.h"
#include "services/partners/domain/organisation_kinds.h"
#include "services/partners/domain/period.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::partners {

// The numbering behind a scheme. Not for kUnspecified.
base::IdentifierScheme NumberingOf(IdentifierScheme scheme);

struct Identifier {
  IdentifierScheme scheme = IdentifierScheme::kUnspecified;
  std::string value;  // canonical form
  friend bool operator==(const Identifier& a, const Identifier& b) = default;
};

// An office, never a person.
struct Contact {
  ContactRole role = ContactRole::kUnspecified;
  std::string phone_number;
  std::string email_address;
  Period validity;
  friend bool operator==(const Contact& a, const Contact& b) = default;
};

struct Organisation {
  OrganisationId id;
  std::string display_name;
  OrganisationKind kind = OrganisationKind::kUnspecified;
  OrganisationId parent;  // empty: none
  std::vector<Identifier> identifiers;
  std::vector<Contact> contacts;
  OrganisationStatus status = OrganisationStatus::kActive;
  std::string suspension_reason;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
  friend bool operator==(const Organisation& a, const Organisation& b) = default;
};

// The number of a scheme, or "".
absl::string_view IdentifierOf(const Organisation& organisation, IdentifierScheme scheme);

// Longest chain of parents, the organisation itself included.
inline constexpr int kMaxLevels = 8;

// Whether an organisation of `kind` may be part of one of `parent_kind` (nullopt: of none): a
// college needs an institution, a team a college. PARENT_INVALID otherwise.
absl::Status CheckParentKind(OrganisationKind kind, std::optional<OrganisationKind> parent_kind);

// Which of the changeable fields an update is about.
struct OrganisationUpdate {
  Organisation values;  // of the fields below; `id` and `version` are not looked at
  bool display_name = false;
  bool parent = false;
  bool identifiers = false;
  bool contacts = false;
};

// The organisation as the update leaves it. FIELD_INVALID when the whole would no longer be right:
// a municipality without its code.
absl::StatusOr<Organisation> Update(const Organisation& current, const OrganisationUpdate& update);

// ACTIVE -> SUSPENDED and back; STATE_CONFLICT otherwise.
absl::StatusOr<Organisation> Suspend(const Organisation& current, absl::string_view reason);
absl::StatusOr<Organisation> Reinstate(const Organisation& current);

}  // namespace vsv::partners

// Data-sharing agreements (convenanten).
#pragma once

#include "libs/errors/errors.h"
#include "services/partners/domain/ids.h"
#include "services/partners/domain/names.h"
#include "services/partners/domain/period.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vsv::partners {

enum class LegalBasis { kUnspecified, kLegalObligation, kPublicTask, kConsent };

template <>
struct NamesOf<LegalBasis> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED", "LEGAL_OBLIGATION", "PUBLIC_TASK",
                                                 "CONSENT"};
};

enum class PartyDirection { kUnspecified, kProvides, kReceives, kBoth };

template <>
struct NamesOf<PartyDirection> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED", "PROVIDES", "RECEIVES", "BOTH"};
};

enum class AgreementState { kUnspecified, kDraft, kSigned, kTerminated };

template <>
struct NamesOf<AgreementState> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED", "DRAFT", "SIGNED", "TERMINATED"};
};

// Purposes and data categories are named as in vsv.policy.v1, without prefix: "TRANSITION",
// "PROCESS".
struct AgreementParty {
  OrganisationId organisation;
  PartyDirection direction = PartyDirection::kUnspecified;
  std::set<std::string> purposes;
  std::set<std::string> data_categories;
  friend bool operator==(const AgreementParty& a, const AgreementParty& b) = default;
};

struct Agreement {
  AgreementId id;
  RegionId region;
  std::string title;
  std::vector<AgreementParty> parties;
  std::set<std::string> purposes;
  std::set<std::string> data_categories;
  LegalBasis legal_basis = LegalBasis::kUnspecified;
  std::string legal_basis_citation;
  OrganisationId controller;
  Period validity;
  AgreementState state = AgreementState::kDraft;
  std::optional<absl::CivilDay> signed_on;
  std::optional<absl::CivilDay> terminated_on;  // first day on which it no longer holds
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
  friend bool operator==(const Agreement& a, const Agreement& b) = default;
};

// What is wrong with the text of an agreement as a whole: parties twice, nobody who provides or
// receives, a party that may get more than the agreement exchanges, a controller that is no party.
// Fields are paths under "agreement".
std::vector<errors::Violation> CheckConsistency(const Agreement& agreement);

// DRAFT -> SIGNED; `today` bounds the day of signing. STATE_CONFLICT from another state.
absl::StatusOr<Agreement> Sign(const Agreement& current, absl::CivilDay signed_on,
                               absl::CivilDay today);

// SIGNED -> TERMINATED, or TERMINATED on an earlier day than was announced. FIELD_INVALID before
// the day of signing; STATE_CONFLICT otherwise.
absl::StatusOr<Agreement> Terminate(const Agreement& current, absl::CivilDay terminated_on);

// Whether it opens an exchange on `day`: signed by then, within its validity and not terminated.
bool InForce(const Agreement& agreement, absl::CivilDay day);

}  // namespace vsv::partners

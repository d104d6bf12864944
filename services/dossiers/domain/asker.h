// Who asks: the proven organisation, the purpose it may use, and the relations under which the
// method shows anything.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// Numbers of vsv.policy.v1.Purpose.
enum class Purpose : uint8_t {
  kUnspecified = 0,
  kRegistry = 1,
  kTransition = 2,
  kSupport = 3,
  kCompulsoryEducation = 4,
  kRmc = 5,
  kProgrammeManagement = 6,
  kOutcomeMonitoring = 7,
  kAudit = 8,
  kProjection = 9,
};

// Numbers of vsv.policy.v1.Relation.
enum class Relation : uint8_t {
  kDelivering = 2,
  kReceiving = 3,
  kMunicipalityOfResidence = 4,
  kRmcOfResidence = 5,
  kAttendanceOfResidence = 6,
  kConsentedParty = 7,
};

// One call, as far as the judgement of basis and the audit row need it. Everything in it is proven.
struct Asker {
  OrganisationId organisation;         // on whose responsibility
  OrganisationId acting_organisation;  // whose credential was used (a supplier under a mandate)
  Purpose purpose = Purpose::kUnspecified;
  std::vector<Relation>
      relations;   // that count for this method (from its policy); the store judges by these alone
  absl::Time now;  // of the call
  absl::CivilDay
      today;  // of the call, in the Netherlands: reference date of basis, agreement and consent
  absl::Time deadline;
  std::function<bool()> cancelled;  // whether the caller has left; empty = it never does
  bool urgent = false;              // takes something back: it waits behind nothing that does not
  std::string method;               // full method name, for audit and idempotency
  std::string trace_id;
};

// Identifies a mutation for 72 h.
struct RequestKey {
  std::string request_id;  // UUID given by the caller
  std::string body_hash;   // SHA-256 of the request without its request_id, raw bytes
};

}  // namespace vsv::dossiers

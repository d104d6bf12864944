// Who asks, as far as the stores need to know, and how a mutation is recognised when it is
// repeated.
#pragma once

#include "absl/time/time.h"

#include <string>

namespace vsv::outcomes {

// One call. Everything in it is proven.
struct Call {
  std::string organisation_id;         // on whose responsibility
  std::string acting_organisation_id;  // whose credential was used (a supplier under a mandate)
  std::string purpose;  // of vsv.policy.v1.Purpose, without prefix: "OUTCOME_MONITORING"
  std::string method;   // full method name, for audit and idempotency
  std::string trace_id;
  absl::Time now;
  absl::Time deadline;
};

// Identifies a mutation for 72 h.
struct RequestKey {
  std::string request_id;  // UUID given by the caller
  std::string body_hash;   // SHA-256 of the request without its request_id, raw bytes
};

// What every mutation brings along.
struct Mutation {
  Call call;
  RequestKey request;
  bool validate_only = false;  // judge everything, write nothing
};

}  // namespace vsv::outcomes

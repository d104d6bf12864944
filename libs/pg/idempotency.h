// Idempotency records: a mutation's request id is remembered for 72 h in the transaction of its
// effect, so that a repeat finds the effect instead of making it twice.
#pragma once

#include "libs/pg/transaction.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::pg {

// Scope of a request id: two callers, methods or regions never collide.
struct IdempotencyKey {
  std::string caller;      // organisation id
  std::string method;      // full method name
  std::string region;      // two-digit region, "00" for register-wide resources
  std::string request_id;  // UUID given by the caller
  std::string body_hash;   // SHA-256 of the request without request_id, raw bytes (base::Sha256 of
                           // deterministic serialization)
};

// What an earlier request with the same id left.
struct Replay {
  std::string reference;  // resource name or id of the effect; the reply is read, authorised and
                          // redacted afresh
};

// Claims `keys` in order; per key: nullopt = first time, carry on; a Replay = done before;
// REQUEST_ID_REUSED = same id, other body (of an erased effect every body is the same: its hash is
// gone). An expired record counts as none. Blocks while another
// transaction holds the same key. Keys within one call must be distinct.
// `references`: of the effects, one per key, when they are known already; otherwise they are
// recorded afterwards.
absl::StatusOr<std::vector<absl::StatusOr<std::optional<Replay>>>> ClaimRequestIds(
    Transaction& tx, absl::Span<const IdempotencyKey> keys,
    absl::Span<const std::string> references = {});

// Stores the reference of the effect for a key claimed in this transaction.
absl::Status RecordReference(Transaction& tx, const IdempotencyKey& key,
                             absl::string_view reference);

// The same for a batch, in one statement: references[i] belongs to keys[i].
absl::Status RecordReferences(Transaction& tx, absl::Span<const IdempotencyKey> keys,
                              absl::Span<const std::string> references);

// Deletes at most `limit` records that have expired and returns how many; for the worker role.
absl::StatusOr<int64_t> PurgeExpiredRequests(Transaction& tx, int64_t limit);

}  // namespace vsv::pg

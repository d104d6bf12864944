// The course of one mutation within a transaction: claim the request id, do it or find it done,
// remember the effect.
#pragma once

#include "libs/pg/idempotency.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/call.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>
#include <utility>

namespace vsv::outcomes {

// Region of what belongs to no region.
inline constexpr absl::string_view kNoRegion = "00";

// What a mutation makes or changes: its region and its id there.
struct Reference {
  absl::string_view region;
  absl::string_view id;
};

inline pg::IdempotencyKey KeyOf(const Mutation& mutation, absl::string_view region) {
  return {mutation.call.organisation_id, mutation.call.method, std::string(region),
          mutation.request.request_id, mutation.request.body_hash};
}

// Runs `effect()` -> StatusOr<T> once per request id, under a savepoint, so that its failure leaves
// the transaction to the other commands of the batch. A repeat calls `replay()` -> StatusOr<T>
// instead. With validate_only everything is judged and undone.
template <typename T, typename Effect, typename Replay>
absl::StatusOr<T> Apply(pg::Transaction& tx, const Mutation& mutation, Reference reference,
                        Effect effect, Replay replay) {
  absl::StatusOr<T> result = absl::InternalError("the command did not run");
  bool undone = false;
  const absl::Status status = tx.Savepoint([&]() -> absl::Status {
    const pg::IdempotencyKey key = KeyOf(mutation, reference.region);
    auto claims = pg::ClaimRequestIds(tx, {key});
    if (!claims.ok()) return claims.status();
    if (!claims->front().ok()) return claims->front().status();
    if (claims->front()->has_value()) {
      result = replay();
      return result.status();
    }
    result = effect();
    if (!result.ok()) return result.status();
    if (mutation.validate_only) {
      undone = true;
      return absl::CancelledError("validate_only");
    }
    return pg::RecordReference(tx, key, reference.id);
  });
  if (!status.ok() && !undone) return status;
  return result;
}

}  // namespace vsv::outcomes

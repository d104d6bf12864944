// The projection of the counts. Written in the transaction that also moves its cursor
// (libs/feed/projector.h).
#pragma once

#include "libs/pg/transaction.h"
#include "services/programs/domain/process_counts.h"

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace vsv::programs {

// Stores values as the worker role; of one key the last counts.
absl::Status PutCounters(pg::Transaction& tx, absl::Span<const CounterValue> values);

// Forgets everything, for a source that no longer knows our cursor.
absl::Status ClearCounters(pg::Transaction& tx);

}  // namespace vsv::programs

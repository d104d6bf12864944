// Where a write says that something changed.
#pragma once

#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/types/span.h"

#include <cstdint>
#include <string>

namespace vsv::feed {

// A changed resource. No personal data: who follows the feed reads the present state and is judged
// then.
struct OutboxEvent {
  std::string region;         // two digits; "00" for the national register
  std::string resource_kind;  // e.g. "DOSSIER"
  std::string resource_id;
  int64_t version = 0;  // of the resource after the change
};

// Appends in order, in the transaction of the effect. Lock the resource's row first: only then are
// the changes of one resource in the order of their commits.
absl::Status AppendOutbox(pg::Transaction& tx, absl::Span<const OutboxEvent> events);

}  // namespace vsv::feed

// Where the projection of the counts is kept. Written by the follower of the dossiers stream alone.
#pragma once

#include "services/programs/domain/names.h"
#include "services/programs/domain/program.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>

namespace vsv::programs {

// Net change of one counter on one day: replaces what was held for the same key.
struct CounterValue {
  std::string region{};
  Process process = Process::kTransition;
  std::string state{};
  OrganisationId responsible{};
  absl::CivilDay due_on{};
  absl::CivilDay day{};
  int64_t value = 0;
};

// Thread-safe.
class ProcessCountsStore {
 public:
  virtual ~ProcessCountsStore() = default;
  // Where the stream resumes; "" at the very beginning.
  virtual absl::StatusOr<std::string> Cursor(absl::Time deadline) = 0;
  // Stores values (of one key the last counts), cursor and moment together, or nothing.
  virtual absl::Status Apply(absl::Span<const CounterValue> values, const std::string& cursor,
                             std::optional<absl::Time> current_as_of, absl::Time deadline) = 0;
  // Forgets everything, for a source that no longer knows the cursor.
  virtual absl::Status Clear(absl::Time deadline) = 0;
};

}  // namespace vsv::programs

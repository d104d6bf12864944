// The stores of indicators and ambitions. Batch-shaped: N commands, N verdicts in order. This
// header is the specification; testing/ and storage/ implement it.
#pragma once

#include "services/outcomes/domain/ambition.h"
#include "services/outcomes/domain/call.h"
#include "services/outcomes/domain/indicator.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

struct CreateIndicatorCommand {
  Mutation mutation;
  Indicator indicator;
};

// One page in the order of the ids.
struct PageCommand {
  std::string after;  // ids greater than this; empty = from the first
  int limit = 50;
  absl::Time deadline;
};

// Thread-safe. Errors of every operation besides those named: DATABASE_UNAVAILABLE, OVERLOADED,
// DEADLINE_EXCEEDED, and of mutations OUTCOME_UNKNOWN. A repeated mutation answers with what the
// first one made.
class IndicatorStore {
 public:
  virtual ~IndicatorStore() = default;
  // Errors: INDICATOR_EXISTS, REQUEST_ID_REUSED.
  virtual std::vector<absl::StatusOr<Indicator>> CreateIndicators(
      absl::Span<const CreateIndicatorCommand> commands) = 0;
  // Errors: INDICATOR_NOT_FOUND.
  virtual std::vector<absl::StatusOr<Indicator>> GetIndicators(absl::Span<const std::string> ids,
                                                               absl::Time deadline) = 0;
  virtual absl::StatusOr<std::vector<Indicator>> ListIndicators(const PageCommand& command) = 0;
};

struct CreateAmbitionCommand {
  Mutation mutation;
  Ambition ambition;
};

// Decides a change from the locked row. Pure; may be called again when the transaction is retried.
using ChangeAmbition = std::function<absl::StatusOr<Ambition>(const Ambition&)>;

struct UpdateAmbitionCommand {
  Mutation mutation;
  std::string id;
  std::optional<int64_t> expected_version;
  ChangeAmbition change;
};

struct ListAmbitionsCommand {
  PageCommand page;
  std::optional<std::string> organisation_id;
};

// Thread-safe; errors as above.
class AmbitionStore {
 public:
  virtual ~AmbitionStore() = default;
  // Errors: AMBITION_EXISTS, REQUEST_ID_REUSED, INDICATOR_NOT_FOUND (or not in that definition).
  virtual std::vector<absl::StatusOr<Ambition>> CreateAmbitions(
      absl::Span<const CreateAmbitionCommand> commands) = 0;
  // Errors: AMBITION_NOT_FOUND.
  virtual std::vector<absl::StatusOr<Ambition>> GetAmbitions(absl::Span<const std::string> ids,
                                                             absl::Time deadline) = 0;
  virtual absl::StatusOr<std::vector<Ambition>> ListAmbitions(
      const ListAmbitionsCommand& command) = 0;
  // Errors, in this order: AMBITION_NOT_FOUND, REQUEST_ID_REUSED, ETAG_MISMATCH, whatever `change`
  // answers. Of a replay `change` is not called. The store sets version and updated_at.
  virtual std::vector<absl::StatusOr<Ambition>> UpdateAmbitions(
      absl::Span<const UpdateAmbitionCommand> commands) = 0;
};

}  // namespace vsv::outcomes

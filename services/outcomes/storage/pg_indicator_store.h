// Indicators and ambitions in PostgreSQL.
#pragma once

#include "libs/pg/pool.h"
#include "services/outcomes/domain/indicator_store.h"

#include <string>
#include <vector>

namespace vsv::outcomes {

// Thread-safe. `pool` must outlive it.
class PgIndicatorStore : public IndicatorStore {
 public:
  explicit PgIndicatorStore(pg::Pool& pool) : pool_(pool) {}

  std::vector<absl::StatusOr<Indicator>> CreateIndicators(
      absl::Span<const CreateIndicatorCommand> commands) override;
  std::vector<absl::StatusOr<Indicator>> GetIndicators(absl::Span<const std::string> ids,
                                                       absl::Time deadline) override;
  absl::StatusOr<std::vector<Indicator>> ListIndicators(const PageCommand& command) override;

 private:
  pg::Pool& pool_;
};

// Thread-safe. `pool` must outlive it.
class PgAmbitionStore : public AmbitionStore {
 public:
  explicit PgAmbitionStore(pg::Pool& pool) : pool_(pool) {}

  std::vector<absl::StatusOr<Ambition>> CreateAmbitions(
      absl::Span<const CreateAmbitionCommand> commands) override;
  std::vector<absl::StatusOr<Ambition>> GetAmbitions(absl::Span<const std::string> ids,
                                                     absl::Time deadline) override;
  absl::StatusOr<std::vector<Ambition>> ListAmbitions(const ListAmbitionsCommand& command) override;
  std::vector<absl::StatusOr<Ambition>> UpdateAmbitions(
      absl::Span<const UpdateAmbitionCommand> commands) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::outcomes

// The projection of the counts in PostgreSQL.
#pragma once

#include "libs/pg/pool.h"
#include "services/programs/domain/process_counts_store.h"

namespace vsv::programs {

class PgProcessCountsStore : public ProcessCountsStore {
 public:
  // `pool` as the worker role; it must outlive the store.
  explicit PgProcessCountsStore(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<std::string> Cursor(absl::Time deadline) override;
  absl::Status Apply(absl::Span<const CounterValue> values, const std::string& cursor,
                     std::optional<absl::Time> current_as_of, absl::Time deadline) override;
  absl::Status Clear(absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::programs

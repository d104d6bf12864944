// Figures in PostgreSQL.
#pragma once

#include "libs/pg/pool.h"
#include "services/outcomes/domain/figure_store.h"

#include <vector>

namespace vsv::outcomes {

// Thread-safe. `pool` must outlive it.
class PgFigureStore : public FigureStore {
 public:
  explicit PgFigureStore(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<std::vector<absl::StatusOr<Admission>>> ImportFigures(
      const ImportFiguresCommand& command) override;
  absl::StatusOr<std::vector<Figure>> ListFigures(const ListFiguresCommand& command) override;
  absl::StatusOr<std::vector<std::vector<Figure>>> GetSlices(absl::Span<const SlicesQuery> queries,
                                                             absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::outcomes

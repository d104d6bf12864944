// The facts of a line's status, read in one snapshot.
#pragma once

#include "libs/pg/pool.h"
#include "services/programs/domain/store.h"

namespace vsv::programs {

class PgLineFactsStore : public LineFactsStore {
 public:
  // `pool` as the app role; it must outlive the store.
  explicit PgLineFactsStore(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<LineFacts> Read(const LineName& line, absl::CivilDay reference,
                                 absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::programs

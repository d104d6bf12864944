// Cohorts in PostgreSQL.
#pragma once

#include "libs/pg/pool.h"
#include "services/outcomes/domain/cohort_store.h"

#include <vector>

namespace vsv::outcomes {

// Thread-safe. `pool` must outlive it.
class PgCohortStore : public CohortStore {
 public:
  explicit PgCohortStore(pg::Pool& pool) : pool_(pool) {}

  std::vector<absl::StatusOr<Cohort>> CreateCohorts(
      absl::Span<const CreateCohortCommand> commands) override;
  std::vector<absl::StatusOr<Cohort>> GetCohorts(absl::Span<const CohortName> names,
                                                 absl::Time deadline) override;
  absl::StatusOr<std::vector<Cohort>> ListCohorts(const ListCohortsCommand& command) override;
  absl::StatusOr<ImportedPupils> ImportPupils(const ImportPupilsCommand& command) override;
  std::vector<absl::StatusOr<Cohort>> CloseCohorts(
      absl::Span<const CloseCohortCommand> commands) override;
  absl::StatusOr<std::vector<SliceCount>> Count(const CountCommand& command) override;
  absl::StatusOr<std::vector<PublishedRow>> GetPublication(const CohortName& name,
                                                           absl::Time deadline) override;
  absl::StatusOr<DecisionPage> ListDecisions(const ListDecisionsCommand& command) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::outcomes

// Stores in memory, for tests of handlers. They keep the specification of the interfaces; the
// conformance suite runs on them and on PostgreSQL alike.
#pragma once

#include "services/outcomes/domain/cohort_store.h"
#include "services/outcomes/domain/figure_store.h"
#include "services/outcomes/domain/indicator_store.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {

// One line of the audit trail.
struct AuditedCall {
  std::string organisation_id;
  std::string method;
  std::string resource;
  bool granted = false;
  std::vector<std::string> subjects;
};

// All stores over one memory. Thread-safe.
class FakeOutcomesStores : public IndicatorStore,
                           public AmbitionStore,
                           public FigureStore,
                           public CohortStore {
 public:
  std::vector<absl::StatusOr<Indicator>> CreateIndicators(
      absl::Span<const CreateIndicatorCommand> commands) override;
  std::vector<absl::StatusOr<Indicator>> GetIndicators(absl::Span<const std::string> ids,
                                                       absl::Time deadline) override;
  absl::StatusOr<std::vector<Indicator>> ListIndicators(const PageCommand& command) override;

  std::vector<absl::StatusOr<Ambition>> CreateAmbitions(
      absl::Span<const CreateAmbitionCommand> commands) override;
  std::vector<absl::StatusOr<Ambition>> GetAmbitions(absl::Span<const std::string> ids,
                                                     absl::Time deadline) override;
  absl::StatusOr<std::vector<Ambition>> ListAmbitions(const ListAmbitionsCommand& command) override;
  std::vector<absl::StatusOr<Ambition>> UpdateAmbitions(
      absl::Span<const UpdateAmbitionCommand> commands) override;

  absl::StatusOr<std::vector<absl::StatusOr<Admission>>> ImportFigures(
      const ImportFiguresCommand& command) override;
  absl::StatusOr<std::vector<Figure>> ListFigures(const ListFiguresCommand& command) override;
  absl::StatusOr<std::vector<std::vector<Figure>>> GetSlices(absl::Span<const SlicesQuery> queries,
                                                             absl::Time deadline) override;

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

  std::vector<AuditedCall> Audited() const;

 private:
  using Key = std::pair<std::string, std::string>;  // region, id

  struct StoredCohort {
    Cohort cohort;
    std::map<std::string, CohortPupil> pupils;  // by key
    std::vector<PublishedRow> publication;
  };

  // True when the request was done before; REQUEST_ID_REUSED for another body. Remembers it unless
  // validate_only.
  absl::StatusOr<bool> Claim(const Mutation& mutation) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(const Mutation& mutation) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Indicator> CreateOne(const CreateIndicatorCommand& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Ambition> CreateOne(const CreateAmbitionCommand& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Ambition> UpdateOne(const UpdateAmbitionCommand& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Cohort> CreateOne(const CreateCohortCommand& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Cohort> CloseOne(const CloseCohortCommand& command)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The caller's own cohort, audited when it is not there.
  absl::StatusOr<StoredCohort*> Own(const Call& call, const CohortName& name)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Audit(const Call& call, const CohortName& name, bool granted,
             std::vector<std::string> subjects) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::map<std::string, std::string> requests_ ABSL_GUARDED_BY(mutex_);  // key -> body hash
  std::map<std::string, Indicator> indicators_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Ambition> ambitions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<Figure>> figures_ ABSL_GUARDED_BY(mutex_);  // by cell
  std::map<Key, StoredCohort> cohorts_ ABSL_GUARDED_BY(mutex_);
  std::vector<AuditedCall> audited_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace vsv::outcomes

// The store of cohorts. This header is the specification; testing/ and storage/ implement it.
#pragma once

#include "services/outcomes/domain/call.h"
#include "services/outcomes/domain/cohort.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

struct CohortName {
  std::string region_id;
  std::string id;
};

struct CreateCohortCommand {
  Mutation mutation;
  Cohort cohort;
};

struct ListCohortsCommand {
  std::string region_id;
  std::string after;  // ids greater than this
  int limit = 50;
  absl::Time deadline;
};

struct ImportPupilsCommand {
  Mutation mutation;
  CohortName cohort;
  std::vector<CohortPupil> pupils;  // distinct keys and references
  // The cohort was not there, or not the caller's, when the records were to be decided on. It is
  // not found then, although it may be there by now.
  bool undecided = false;
};

enum class PupilVerdict { kAdded, kReplaced, kUnchanged, kReferenceTaken };

struct ImportedPupils {
  std::vector<PupilVerdict> verdicts;  // in order
  int64_t record_count = 0;            // of the cohort, afterwards
};

struct CloseCohortCommand {
  Mutation mutation;
  CohortName cohort;
  std::optional<int64_t> expected_version;
  int64_t threshold = kDefaultDisclosureThreshold;
};

struct CountCommand {
  Call call;
  CohortName cohort;
  CountDimension dimension = CountDimension::kLevel;
};

struct ListDecisionsCommand {
  Call call;
  CohortName cohort;
  std::optional<CountOutcome> outcome;
  std::string after;  // references greater than this
  int limit = 50;
};

// Nobody beyond the page is read as far as the audit trail is concerned.
struct DecisionPage {
  std::vector<CohortPupil> pupils;
  bool more = false;
};

// Thread-safe. Records are personal data: they exist for the institution that supplied them and for
// nobody else, and whoever else asks gets COHORT_NOT_FOUND; every read and write of them is audited
// in its own transaction, the refused try included. Errors of every operation besides those named:
// DATABASE_UNAVAILABLE, OVERLOADED, DEADLINE_EXCEEDED, of mutations also OUTCOME_UNKNOWN and
// REQUEST_ID_REUSED.
class CohortStore {
 public:
  virtual ~CohortStore() = default;
  // Errors: COHORT_EXISTS (the id, or the institution's count date, within the region).
  virtual std::vector<absl::StatusOr<Cohort>> CreateCohorts(
      absl::Span<const CreateCohortCommand> commands) = 0;
  // The cohort itself, without records; for anybody. Errors: COHORT_NOT_FOUND.
  virtual std::vector<absl::StatusOr<Cohort>> GetCohorts(absl::Span<const CohortName> names,
                                                         absl::Time deadline) = 0;
  virtual absl::StatusOr<std::vector<Cohort>> ListCohorts(const ListCohortsCommand& command) = 0;
  // Adds or replaces by pupil key. kReferenceTaken: another pupil of the cohort has the reference;
  // the row is left out. A replay judges the rows again and writes nothing. Errors:
  // COHORT_NOT_FOUND, COHORT_CLOSED.
  virtual absl::StatusOr<ImportedPupils> ImportPupils(const ImportPupilsCommand& command) = 0;
  // Stores the published table (Publish) and closes. Errors, in order: COHORT_NOT_FOUND,
  // ETAG_MISMATCH, COHORT_CLOSED.
  virtual std::vector<absl::StatusOr<Cohort>> CloseCohorts(
      absl::Span<const CloseCohortCommand> commands) = 0;
  // Slices in the order of their codes, levels in that of Level. Errors: COHORT_NOT_FOUND.
  virtual absl::StatusOr<std::vector<SliceCount>> Count(const CountCommand& command) = 0;
  // The stored table; for anybody. Errors: COHORT_NOT_FOUND, COHORT_OPEN.
  virtual absl::StatusOr<std::vector<PublishedRow>> GetPublication(const CohortName& name,
                                                                   absl::Time deadline) = 0;
  // Ordered by reference; `pupil_key` is left empty. The trail names those of the page. Errors:
  // COHORT_NOT_FOUND.
  virtual absl::StatusOr<DecisionPage> ListDecisions(const ListDecisionsCommand& command) = 0;
};

}  // namespace vsv::outcomes

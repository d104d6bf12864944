#include "services/programs/storage/pg_resource_store.h"

#include "libs/audit/audit.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/outbox.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/sqlstate.h"
#include "libs/pg/transaction.h"
#include "services/programs/storage/mapping.h"
#include "services/programs/storage/row_access.h"

#include <functional>
#include <optional>
#include <utility>

namespace vsv::programs {
namespace {

template <typename T>
using Verdict = absl::StatusOr<Stored<T>>;
template <typename T>
using Verdicts = std::vector<Verdict<T>>;

// The domain's refusal for a violated constraint, by its name; other statuses pass.
template <typename T>
absl::Status Refusal(const absl::Status& status) {
  const std::string constraint = pg::ConstraintOf(status);
  if (constraint == "programs_pkey" || constraint == "lines_pkey" ||
      constraint == "measures_pkey" || constraint == "indicator_links_pkey" ||
      constraint == "special_assignments_pkey") {
    return errors::AlreadyExists(Mapping<T>::kResource, "the id is taken");
  }
  if (constraint == "lines_program_fkey" || constraint == "special_assignments_program_fkey") {
    return errors::NotFound("PROGRAM");
  }
  if (constraint == "measures_line_fkey" || constraint == "indicator_links_line_fkey") {
    return errors::NotFound("LINE");
  }
  if (constraint == "special_assignments_home_line_fkey" ||
      constraint == "crossed_lines_line_fkey") {
    return errors::Precondition("LINE_UNKNOWN", "a line named is not of this program");
  }
  return status;
}

pg::IdempotencyKey KeyOf(const RequestScope& scope, std::string region) {
  return {.caller = scope.caller,
          .method = scope.method,
          .region = std::move(region),
          .request_id = scope.request_id,
          .body_hash = scope.body_hash};
}

// Tells the feed and the audit trail of a change, behind the lock on its row. A name of the service
// stands for itself in both: nothing here is about a person.
template <typename T>
absl::Status TellOfChange(pg::Transaction& tx, const RequestScope& scope,
                          const Stored<T>& changed) {
  const std::string region = Mapping<T>::RegionOf(changed.resource.name);
  const std::string name = ToString(changed.resource.name);
  const std::string kind(Mapping<T>::kResource);
  VSV_RETURN_IF_ERROR(feed::AppendOutbox(tx, {{region, kind, name, changed.version}}));
  return audit::Append(tx, {{.region = region,
                             .recorded_at = scope.at,
                             .method = scope.method,
                             .resource_kind = kind,
                             .organisation_id = scope.caller,
                             .acting_organisation_id = scope.acting_caller,
                             .user_id = "",
                             .purpose = scope.purpose,
                             .processing_activity = "programmasturing",
                             .categories = {},
                             .outcome = audit::Outcome::kGranted,
                             .trace_id = scope.trace_id,
                             .subject_ids = {name}}});
}

// What one command does, once its request id is known to be new.
template <typename T>
using Effect = std::function<Verdict<T>(pg::Transaction&)>;

// One command of a batch.
template <typename T>
struct Mutation {
  const RequestScope& scope;
  const typename T::Name& name;
  bool validate_only;
  Effect<T> effect;
};

// Runs a mutation under a savepoint. Not OK only when the whole transaction is lost.
template <typename T>
absl::Status RunMutation(pg::Transaction& tx, const Mutation<T>& mutation, Verdict<T>& verdict) {
  const pg::IdempotencyKey key = KeyOf(mutation.scope, Mapping<T>::RegionOf(mutation.name));
  const absl::Status status = tx.Savepoint([&]() -> absl::Status {
    VSV_ASSIGN_OR_RETURN(auto claims, pg::ClaimRequestIds(tx, {key}));
    VSV_ASSIGN_OR_RETURN(const std::optional<pg::Replay> replay, claims.front());
    if (replay) {
      verdict = GetRow<T>(tx, mutation.name);
      return verdict.status();
    }
    verdict = mutation.effect(tx);
    VSV_RETURN_IF_ERROR(verdict);
    // Leaving the savepoint with an error takes the effect back; the verdict stays.
    if (mutation.validate_only) return absl::CancelledError("validate only");
    VSV_RETURN_IF_ERROR(TellOfChange(tx, mutation.scope, *verdict));
    return pg::RecordReference(tx, key, ToString(mutation.name));
  });
  if (pg::EndsTransaction(status)) return status;
  const bool validated = mutation.validate_only && absl::IsCancelled(status);
  if (!status.ok() && !validated) verdict = Refusal<T>(status);
  return absl::OkStatus();
}

template <typename T>
Verdict<T> Insert(pg::Transaction& tx, const T& resource) {
  VSV_RETURN_IF_ERROR(tx.Execute(Mapping<T>::kInsert, Mapping<T>::Values(resource)));
  VSV_RETURN_IF_ERROR(Mapping<T>::WriteLists(tx, resource));
  return GetRow<T>(tx, resource.name);
}

template <typename T>
Verdict<T> Change(pg::Transaction& tx, const UpdateCommand<T>& command) {
  VSV_ASSIGN_OR_RETURN(const Stored<T> current, GetRow<T>(tx, command.name));
  if (command.expected_version && *command.expected_version != current.version) {
    return errors::EtagMismatch();
  }
  VSV_ASSIGN_OR_RETURN(const T changed, command.change(current.resource));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(Mapping<T>::kUpdate, Mapping<T>::Values(changed).Int(current.version)));
  // Somebody else was first between our read and our write.
  if (result.affected_rows() == 0) {
    return command.expected_version ? errors::EtagMismatch() : errors::TransactionConflict();
  }
  VSV_RETURN_IF_ERROR(Mapping<T>::WriteLists(tx, changed));
  return GetRow<T>(tx, command.name);
}

template <typename T>
Verdicts<T> RunBatch(pg::Pool& pool, absl::Span<const Mutation<T>> batch, absl::Time deadline) {
  Verdicts<T> verdicts;
  const absl::Status status = pg::RunInTransaction(
      pool, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        verdicts.assign(batch.size(), Verdict<T>(absl::UnknownError("not run")));
        for (size_t i = 0; i < batch.size(); ++i) {
          VSV_RETURN_IF_ERROR(RunMutation<T>(tx, batch[i], verdicts[i]));
        }
        return absl::OkStatus();
      });
  if (!status.ok()) return Verdicts<T>(batch.size(), status);
  return verdicts;
}

}  // namespace

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> PgResourceStore<T>::Create(
    absl::Span<const CreateCommand<T>> commands, absl::Time deadline) {
  std::vector<Mutation<T>> batch;
  batch.reserve(commands.size());
  for (const CreateCommand<T>& command : commands) {
    batch.push_back({command.scope, command.resource.name, command.validate_only,
                     [&command](pg::Transaction& tx) { return Insert<T>(tx, command.resource); }});
  }
  return RunBatch<T>(pool_, batch, deadline);
}

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> PgResourceStore<T>::Update(
    absl::Span<const UpdateCommand<T>> commands, absl::Time deadline) {
  std::vector<Mutation<T>> batch;
  batch.reserve(commands.size());
  for (const UpdateCommand<T>& command : commands) {
    batch.push_back({command.scope, command.name, command.validate_only,
                     [&command](pg::Transaction& tx) { return Change<T>(tx, command); }});
  }
  return RunBatch<T>(pool_, batch, deadline);
}

template <typename T>
std::vector<absl::StatusOr<Stored<T>>> PgResourceStore<T>::Get(
    absl::Span<const typename T::Name> names, absl::Time deadline) {
  Verdicts<T> verdicts;
  const absl::Status status = pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(verdicts, GetRows<T>(tx, names));
        return absl::OkStatus();
      });
  if (!status.ok()) return Verdicts<T>(names.size(), status);
  return verdicts;
}

template <typename T>
absl::StatusOr<Page<T>> PgResourceStore<T>::List(const ListQuery<T>& query, absl::Time deadline) {
  Page<T> page;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(page, ListRows<T>(tx, query));
                                             return absl::OkStatus();
                                           }));
  return page;
}

template class PgResourceStore<Program>;
template class PgResourceStore<ProgramLine>;
template class PgResourceStore<IndicatorLink>;
template class PgResourceStore<Measure>;
template class PgResourceStore<SpecialAssignment>;

}  // namespace vsv::programs

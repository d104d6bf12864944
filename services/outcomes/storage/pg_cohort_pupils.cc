// The methods of PgCohortStore that touch single pupils; declared in pg_cohort_store.h.
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/outbox.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/names.h"
#include "services/outcomes/domain/pupil_import.h"
#include "services/outcomes/storage/apply.h"
#include "services/outcomes/storage/cohort_access.h"
#include "services/outcomes/storage/pg_cohort_store.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

#include "absl/strings/str_join.h"

#include <optional>
#include <string>
#include <utility>

namespace vsv::outcomes {
namespace {

absl::StatusOr<std::vector<CohortPupil>> ReadSharing(pg::Transaction& tx, const Cohort& cohort,
                                                     absl::Span<const CohortPupil> rows) {
  std::vector<std::string> keys;
  std::vector<std::string> references;
  for (const CohortPupil& row : rows) {
    keys.push_back(row.pupil_key);
    references.push_back(row.record_reference);
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result there,
                       tx.Execute(sql::kGetCohortPupils, pg::Params()
                                                             .Text(cohort.region_id)
                                                             .Text(cohort.id)
                                                             .BytesArray(keys)
                                                             .TextArray(references)));
  std::vector<CohortPupil> pupils;
  for (const pg::Row row : there) pupils.push_back(PupilOf(row));
  return pupils;
}

absl::Status Put(pg::Transaction& tx, const Cohort& cohort, absl::Span<const CohortPupil> pupils) {
  std::vector<std::string> keys, references, levels, units, outcomes, deciding, matches;
  std::vector<int64_t> prior;
  for (const CohortPupil& pupil : pupils) {
    keys.push_back(pupil.pupil_key);
    references.push_back(pupil.record_reference);
    levels.emplace_back(LevelName(pupil.level));
    units.push_back(pupil.unit_code);
    prior.push_back(pupil.prior_education_code);
    outcomes.emplace_back(NameOf(pupil.decision.outcome));
    const std::optional<CountCode>& code = pupil.decision.deciding;
    deciding.push_back(code.has_value() ? std::string(CountCodeName(*code)) : "");
    matches.push_back(absl::StrJoin(
        pupil.decision.matches, ",",
        [](std::string* out, CountCode match) { out->append(std::string(CountCodeName(match))); }));
  }
  pg::Params params;
  params.Text(cohort.region_id).Text(cohort.id).Text(cohort.institution_id).BytesArray(keys);
  params.TextArray(references).TextArray(levels).TextArray(units).IntArray(prior);
  params.TextArray(outcomes).TextArray(deciding).TextArray(matches);
  return tx.Execute(sql::kPutCohortPupils, params).status();
}

absl::StatusOr<ImportedPupils> Import(pg::Transaction& tx, const ImportPupilsCommand& command,
                                      const Cohort& cohort) {
  if (cohort.state == CohortState::kClosed) {
    return errors::Precondition("COHORT_CLOSED",
                                "the cohort is closed; nothing can be added to it");
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<CohortPupil> there,
                       ReadSharing(tx, cohort, command.pupils));
  PupilImport import = PlanPupilImport(there, command.pupils);
  VSV_RETURN_IF_ERROR(Put(tx, cohort, import.written));
  if (!import.written.empty()) {
    VSV_RETURN_IF_ERROR(tx.Execute(sql::kTouchCohort, pg::Params()
                                                          .Text(cohort.region_id)
                                                          .Text(cohort.id)
                                                          .Int(import.added)
                                                          .Time(command.mutation.call.now)));
    VSV_RETURN_IF_ERROR(
        feed::AppendOutbox(tx, {{cohort.region_id, "COHORT", cohort.id, cohort.version + 1}}));
  }
  return ImportedPupils{std::move(import.verdicts), cohort.record_count + import.added};
}

// Of a replay: what the rows would be now, without writing.
absl::StatusOr<ImportedPupils> JudgeAgain(pg::Transaction& tx, const ImportPupilsCommand& command,
                                          const Cohort& cohort) {
  VSV_ASSIGN_OR_RETURN(const std::vector<CohortPupil> there,
                       ReadSharing(tx, cohort, command.pupils));
  return ImportedPupils{PlanPupilImport(there, command.pupils).verdicts, cohort.record_count};
}

absl::StatusOr<ImportedPupils> ImportOwn(pg::Transaction& tx, const ImportPupilsCommand& command) {
  VSV_ASSIGN_OR_RETURN(const Cohort cohort, LockOwn(tx, command.mutation.call, command.cohort));
  if (command.undecided) return errors::NotFound("COHORT");
  return Apply<ImportedPupils>(
      tx, command.mutation, {cohort.region_id, cohort.id},
      [&] { return Import(tx, command, cohort); }, [&] { return JudgeAgain(tx, command, cohort); });
}

}  // namespace

absl::StatusOr<ImportedPupils> PgCohortStore::ImportPupils(const ImportPupilsCommand& command) {
  absl::StatusOr<ImportedPupils> imported = ImportedPupils();
  const Call& call = command.mutation.call;
  Subjects subjects;
  for (const CohortPupil& pupil : command.pupils) subjects.push_back(pupil.pupil_key);
  VSV_RETURN_IF_ERROR(
      pg::RunInTransaction(pool_, pg::Mode::kReadWrite, call.deadline, {{call.organisation_id}},
                           [&](pg::Transaction& tx) -> absl::Status {
                             imported = ImportOwn(tx, command);
                             return Audit(tx, call, command.cohort, imported.status(), subjects);
                           }));
  return imported;
}

absl::StatusOr<DecisionPage> PgCohortStore::ListDecisions(const ListDecisionsCommand& command) {
  DecisionPage page;
  VSV_RETURN_IF_ERROR(ReadOwn(
      pool_, command.call, command.cohort,
      [&](pg::Transaction& tx, const Cohort& cohort) -> absl::StatusOr<Subjects> {
        page = DecisionPage();
        const std::optional<std::string> outcome =
            command.outcome.has_value() ? std::optional(std::string(NameOf(*command.outcome)))
                                        : std::nullopt;
        VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                             tx.Execute(sql::kListDecisions,
                                        pg::Params()
                                            .Text(cohort.region_id)
                                            .Text(cohort.id)
                                            .Text(cohort.institution_id)
                                            .Text(command.after)
                                            .Text(outcome)
                                            .Int(command.limit + 1)));  // whether there are more
        Subjects subjects;
        for (const pg::Row row : rows) {
          page.more = subjects.size() == static_cast<size_t>(command.limit);
          if (page.more) break;
          CohortPupil pupil = PupilOf(row);
          subjects.push_back(std::move(pupil.pupil_key));
          pupil.pupil_key.clear();
          page.pupils.push_back(std::move(pupil));
        }
        return subjects;
      }));
  return page;
}

}  // namespace vsv::outcomes

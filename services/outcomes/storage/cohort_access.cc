#include "services/outcomes/storage/cohort_access.h"

#include "libs/audit/audit.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

namespace vsv::outcomes {
namespace {

audit::Entry EntryOf(const Call& call, const CohortName& name) {
  return {.region = name.region_id,
          .recorded_at = call.now,
          .method = call.method,
          .resource_kind = "COHORT",
          .organisation_id = call.organisation_id,
          .acting_organisation_id = call.acting_organisation_id,
          .user_id = "",
          .purpose = call.purpose,
          .processing_activity = "vsv-telling",
          .categories = {},
          .outcome = audit::Outcome::kNotFound,
          .trace_id = call.trace_id,
          .subject_ids = {}};
}

absl::StatusOr<Cohort> SelectOwn(pg::Transaction& tx, const pg::Statement& statement,
                                 const Call& call, const CohortName& name) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(statement,
                 pg::Params().Text(name.region_id).Text(name.id).Text(call.organisation_id)));
  if (rows.empty()) return errors::NotFound("COHORT");
  return CohortOf(rows[0]);
}

}  // namespace

absl::StatusOr<Cohort> LockOwn(pg::Transaction& tx, const Call& call, const CohortName& name) {
  return SelectOwn(tx, sql::kLockCohort, call, name);
}

absl::Status Audit(pg::Transaction& tx, const Call& call, const CohortName& name,
                   const absl::Status& verdict, const Subjects& subjects) {
  audit::Entry entry = EntryOf(call, name);
  if (!absl::IsNotFound(verdict)) {
    entry.outcome = verdict.ok() ? audit::Outcome::kGranted : audit::Outcome::kRefused;
    for (const std::string& key : subjects) entry.subject_ids.push_back(base::HexEncode(key));
    // Of whom nothing was ever taken there is no trail, and a refused try begins none.
    entry.subjects_may_be_gone = !verdict.ok();
  }
  if (verdict.ok()) entry.categories = {"ADMINISTRATIVE", "CAREER"};
  return audit::Append(tx, {entry});
}

absl::Status ReadOwn(
    pg::Pool& pool, const Call& call, const CohortName& name,
    const std::function<absl::StatusOr<Subjects>(pg::Transaction&, const Cohort&)>& read) {
  absl::Status verdict;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool, pg::Mode::kReadWrite, call.deadline, {{call.organisation_id}},
      [&](pg::Transaction& tx) -> absl::Status {
        const absl::StatusOr<Cohort> cohort = SelectOwn(tx, sql::kGetOwnCohort, call, name);
        verdict = cohort.status();
        Subjects subjects;
        if (verdict.ok()) {
          VSV_ASSIGN_OR_RETURN(subjects, read(tx, *cohort));
        }
        return Audit(tx, call, name, verdict, subjects);
      }));
  return verdict;
}

}  // namespace vsv::outcomes

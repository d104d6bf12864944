// The way to the pupils of a cohort: its institution alone, and every read and write audited in its
// own transaction.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/cohort_store.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <functional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// Pupil keys of those whose data were disclosed or changed.
using Subjects = std::vector<std::string>;

// The cohort if it is the caller's own, locked; COHORT_NOT_FOUND for absent and foreign alike.
absl::StatusOr<Cohort> LockOwn(pg::Transaction& tx, const Call& call, const CohortName& name);

// Writes the audit row of a call on a cohort: granted for these subjects, refused (then it names
// those of them who have a trail already), or not found (then it names nobody). What a refused call
// did must be undone before, and the row committed.
absl::Status Audit(pg::Transaction& tx, const Call& call, const CohortName& name,
                   const absl::Status& verdict, const Subjects& subjects);

// Reads in one transaction: `read` gets the caller's own cohort and says whom it read. A refusal is
// audited and committed, too.
absl::Status ReadOwn(
    pg::Pool& pool, const Call& call, const CohortName& name,
    const std::function<absl::StatusOr<Subjects>(pg::Transaction&, const Cohort&)>& read);

}  // namespace vsv::outcomes

// One transaction of new dossiers: claim, make, judge, log, publish.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/pool.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <vector>

namespace vsv::dossiers {

// Executes `commands`, of distinct request ids, in one transaction; those that are to be validated
// only in one each, of which the entry in the trail alone stays. Refusals as in MutateTogether.
std::vector<absl::StatusOr<DossierRow>> CreateTogether(
    pg::Pool& pool, const PupilKeys& keys, const base::Clock& clock, absl::Duration max_age,
    const std::vector<const CreateCommand*>& commands);

}  // namespace vsv::dossiers

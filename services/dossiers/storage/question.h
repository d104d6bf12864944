// Who asks for which dossier: the first parameters of every statement that judges.
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/result.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/ids.h"

#include "absl/status/status.h"
#include "absl/time/time.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

struct Question {
  const Asker* asker;
  RegionId region;
  DossierId id;
};

// Names of the relations that the method admits, in their order.
std::vector<std::string> RelationNames(const Asker& asker);

// $1 region, $2 id, $3 organisation, $4 purpose, $5 relations (comma-separated), $6 day.
pg::Params AskParams(const std::vector<Question>& questions);

// Row-level-security context of a batch: the set of its callers.
pg::RowContext ContextOf(const std::vector<Question>& questions);

// When a batch must be done: with the last of its callers, so that a short deadline cuts nobody
// else's time. What is coalesced has a cap of its own besides (libs/pg/coalescer.h).
absl::Time DeadlineOf(const std::vector<Question>& questions);

// PROJECTION_STALE when the statement that gave `result` found the register too old.
absl::Status CheckFresh(const pg::Result& result);

// Whole seconds, as the statements take them.
int64_t Seconds(absl::Duration max_age);

}  // namespace vsv::dossiers

#include "libs/pg/transaction.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/connection.h"
#include "libs/pg/pool.h"
#include "libs/pg/sqlstate.h"

#include "absl/random/random.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include <algorithm>
#include <utility>

namespace vsv::pg {
namespace {

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(5);
constexpr absl::Duration kLongestBackoff = absl::Milliseconds(250);

const char* BeginSql(Mode mode) {
  switch (mode) {
    case Mode::kReadOnly:
      return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    case Mode::kReadWrite:
      return "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    case Mode::kSerializable:
      return "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";
  }
  return "";
}

absl::StatusOr<std::string> JoinedCallers(const RowContext& context) {
  for (const std::string& caller : context.callers) {
    if (caller.empty() || absl::StrContains(caller, ',')) {
      return errors::Internal("an organisation id that cannot stand in the row context");
    }
  }
  return absl::StrJoin(context.callers, ",");
}

// One attempt. `stale` tells that a pooled connection turned out to be lost before anything was
// sent on it.
absl::Status RunOnce(Connection& connection, Mode mode, absl::Time deadline,
                     const std::string& callers,
                     const std::function<absl::Status(Transaction&)>& body, bool& stale) {
  if (absl::Status begun = connection.Begin(BeginSql(mode), callers, deadline); !begun.ok()) {
    stale = connection.broken() && absl::IsUnavailable(begun);
    return begun;
  }
  Transaction tx(connection, deadline);
  absl::Status status = body(tx);
  if (!tx.ended().ok()) status = tx.ended();
  if (status.ok() && absl::Now() >= deadline) status = errors::DeadlineExceeded();
  if (status.ok()) return connection.Commit(deadline);
  connection.Rollback();
  return status;
}

// Full jitter: anything from nothing to the doubled step, so that those who collided do not meet
// again.
absl::Duration Backoff(int attempt) {
  thread_local absl::BitGen random;
  const absl::Duration ceiling =
      std::min(kLongestBackoff, kFirstBackoff * (1 << std::min(attempt, 10)));
  return ceiling * absl::Uniform(random, 0.0, 1.0);
}

}  // namespace

absl::Status Transaction::Note(absl::Status status) {
  if (ended_.ok() && EndsTransaction(status)) ended_ = status;
  return status;
}

absl::StatusOr<Result> Transaction::Execute(const Statement& statement, const Params& params) {
  if (!ended_.ok()) return ended_;
  absl::StatusOr<Result> result = connection_.Execute(statement, params, deadline_);
  if (!result.ok()) return Note(result.status());
  return result;
}

absl::Status Transaction::Savepoint(const std::function<absl::Status()>& fn) {
  if (!ended_.ok()) return ended_;
  VSV_RETURN_IF_ERROR(Note(connection_.Command("SAVEPOINT vsv", deadline_)));
  const absl::Status status = fn();
  if (!ended_.ok()) return ended_;
  if (status.ok()) return Note(connection_.Command("RELEASE SAVEPOINT vsv", deadline_));
  VSV_RETURN_IF_ERROR(
      Note(connection_.Command("ROLLBACK TO SAVEPOINT vsv; RELEASE SAVEPOINT vsv", deadline_)));
  return status;
}

absl::Status RunInTransaction(Pool& pool, Mode mode, absl::Time deadline, const RowContext& context,
                              const std::function<absl::Status(Transaction&)>& body) {
  VSV_ASSIGN_OR_RETURN(const std::string callers, JoinedCallers(context));
  int attempt = 0;
  while (true) {
    bool stale = false;
    bool reused = false;
    absl::Status status;
    {
      VSV_ASSIGN_OR_RETURN(Pool::Lease lease, pool.Acquire(deadline));
      reused = lease.reused();
      status = RunOnce(lease.connection(), mode, deadline, callers, body, stale);
    }
    // Nothing had been sent: the next connection is another old one, which fails alike, or a new
    // one.
    if (stale && reused) continue;
    if (!IsTransactionConflict(status)) return status;
    const absl::Duration pause = Backoff(attempt++);
    if (absl::Now() + pause >= deadline) return status;
    absl::SleepFor(pause);
  }
}

}  // namespace vsv::pg

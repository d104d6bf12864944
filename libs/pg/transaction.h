// One transaction: begin, run, commit or roll back, with retry of serialization failures within the
// deadline.
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/result.h"
#include "libs/pg/statement.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <functional>
#include <string>
#include <vector>

namespace vsv::pg {

class Pool;
class Connection;

enum class Mode {
  kReadOnly,      // REPEATABLE READ, READ ONLY: one snapshot
  kReadWrite,     // READ COMMITTED: rows are locked and versions checked by the statements
  kSerializable,  // SERIALIZABLE, for the rare rule over many rows
};

// Whose rows the transaction may touch: the row-level-security context, set transaction-locally. In
// a batch it is the set of the batch's callers. Empty for tables without personal data.
struct RowContext {
  std::vector<std::string> callers;  // organisation ids
};

// Handed to the body of RunInTransaction; not to be kept.
class Transaction {
 public:
  Transaction(Connection& connection, absl::Time deadline)
      : connection_(connection), deadline_(deadline) {}

  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Prepares on first use, then executes. Errors: the mapped SQLSTATE (see sqlstate.h); a
  // constraint violation is FAILED_PRECONDITION or ALREADY_EXISTS with metadata "constraint" = its
  // name.
  absl::StatusOr<Result> Execute(const Statement& statement, const Params& params = {});

  // Runs `fn` under a savepoint, so that its failure leaves the transaction usable (a failing row
  // of a batch must not fail its neighbours). A conflict, a passed deadline or a lost database ends
  // the whole transaction all the same.
  absl::Status Savepoint(const std::function<absl::Status()>& fn);

  // OK, or what makes it impossible to commit whatever the body returns.
  const absl::Status& ended() const { return ended_; }

  absl::Time deadline() const { return deadline_; }

 private:
  // Remembers an error that ends the transaction.
  absl::Status Note(absl::Status status);

  Connection& connection_;
  absl::Time deadline_;
  absl::Status ended_;
};

// Runs `body` in one transaction on a pooled connection and commits when it returns OK; rolls back
// otherwise and returns its status. 40001 and 40P01 are retried with full jitter until `deadline`,
// then TRANSACTION_CONFLICT. No connection within the deadline: OVERLOADED; database away:
// DATABASE_UNAVAILABLE; a connection lost at COMMIT: OUTCOME_UNKNOWN. `body` may run more than once
// and must therefore have no effects outside the transaction but its captured results, which it
// resets at its start.
absl::Status RunInTransaction(Pool& pool, Mode mode, absl::Time deadline, const RowContext& context,
                              const std::function<absl::Status(Transaction&)>& body);

}  // namespace vsv::pg

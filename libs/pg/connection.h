// One PostgreSQL connection. The only place, with result.cc and sqlstate.cc, that sees the driver
// (libpq).
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/result.h"
#include "libs/pg/statement.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

namespace vsv::pg {

// Where a connection leads and how it behaves.
struct ConnectionOptions {
  std::string url;               // libpq URL or conninfo
  std::string application_name;  // shown in pg_stat_activity
  // Told of every executed statement, for metrics; may be empty. Called on the thread that executed
  // it.
  std::function<void(const char* statement, absl::Duration elapsed, absl::StatusCode code)>
      on_statement;
};

// A notification of LISTEN / NOTIFY.
struct Notification {
  std::string channel;
  std::string payload;
};

// Used by one thread at a time. No call outlasts its deadline by more than a short grace: an
// expired statement is cancelled on the server too, and a connection that does not answer the
// cancellation is broken.
class Connection {
 public:
  // Errors: DATABASE_UNAVAILABLE (the cause goes to `cause` when given), DEADLINE_EXCEEDED.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const ConnectionOptions& options,
                                                          absl::Time deadline,
                                                          std::string* cause = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Prepares at first use under the statement's name, then executes. Errors: see sqlstate.h;
  // DEADLINE_EXCEEDED.
  absl::StatusOr<Result> Execute(const Statement& statement, const Params& params,
                                 absl::Time deadline);

  // Sends simple SQL without parameters whose rows do not matter (BEGIN, SAVEPOINT, LISTEN, ...).
  absl::Status Command(const std::string& sql, absl::Time deadline);

  // Begins with `begin_sql` and sets the row-level-security context and the server's statement
  // timeout, both local to the transaction, in one round trip.
  absl::Status Begin(const char* begin_sql, absl::string_view callers, absl::Time deadline);

  // Commits. OK only when the server said COMMIT. A connection lost meanwhile is OUTCOME_UNKNOWN.
  absl::Status Commit(absl::Time deadline);

  // Ends the transaction, whatever its state; breaks the connection when even that fails.
  void Rollback();

  // Waits for notifications until `deadline`, or until `wake_fd` (an eventfd; -1 for none) is
  // readable. Empty when none came. Errors: DATABASE_UNAVAILABLE.
  absl::StatusOr<std::vector<Notification>> AwaitNotifications(absl::Time deadline, int wake_fd);

  // No longer of use: lost, or in a state nobody knows.
  bool broken() const { return broken_; }

  // Inside a transaction, failed or not.
  bool in_transaction() const;
  // The session's role is a superuser.
  bool is_superuser() const;
  // Process id of the session's backend.
  int backend_pid() const;

 private:
  using OwnedResult = std::shared_ptr<pg_result>;

  Connection(pg_conn* conn, const ConnectionOptions& options)
      : conn_(conn), on_statement_(options.on_statement) {}

  // Sends what is buffered, taking in what arrives meanwhile.
  absl::Status Flush(absl::Time deadline);
  // The next result of what is in flight; nullptr at the end of a command. DEADLINE_EXCEEDED leaves
  // it in flight.
  absl::StatusOr<OwnedResult> NextResult(absl::Time deadline);
  // The last result of the command in flight, read to its end; its first error if there was one.
  absl::StatusOr<OwnedResult> ReadCommand(const char* name, absl::Time deadline);
  // Flush and ReadCommand; cancels the command when it is too late.
  absl::StatusOr<OwnedResult> Run(bool sent, const char* name, absl::Time deadline);
  absl::Status Prepare(const Statement& statement, absl::Time deadline);
  absl::StatusOr<OwnedResult> Send(const Statement& statement, const Params& params,
                                   absl::Time deadline);
  absl::Status SendBegin(const char* begin_sql, absl::string_view callers,
                         const std::string& timeout_ms, absl::Time deadline);
  // OK, or the status of an error result.
  absl::Status StatusOf(const pg_result* result, const char* name);
  // Asks the server to stop and reads the command to its end, within a grace; breaks the connection
  // otherwise.
  void CancelInFlight();
  absl::Status Broken();

  pg_conn* conn_;
  std::function<void(const char*, absl::Duration, absl::StatusCode)> on_statement_;
  bool broken_ = false;
  std::unordered_map<std::string, std::string> prepared_;  // name -> sql
};

}  // namespace vsv::pg

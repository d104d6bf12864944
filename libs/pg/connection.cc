#include "libs/pg/connection.h"

#include "libs/errors/errors.h"
#include "libs/pg/cancel.h"
#include "libs/pg/result_impl.h"
#include "libs/pg/socket_wait.h"
#include "libs/pg/sqlstate.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <utility>

namespace vsv::pg {
namespace {

// How long a cancelled command or a rollback may take to answer before the connection is given up.
constexpr absl::Duration kGrace = absl::Milliseconds(500);
// A commit is not cancelled: it is worth waiting a little longer for than to leave its outcome
// unknown.
constexpr absl::Duration kCommitGrace = absl::Seconds(1);

constexpr Statement kSetContext{
    "pg.set_context",
    "SELECT set_config('vsv.callers', $1, true), set_config('statement_timeout', $2, true)"};

// What statements make text of by themselves does not depend on the server's settings; part of the
// start-up packet, so that no session lacks them.
constexpr char kSessionOptions[] = "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex";

std::string Field(const pg_result* result, int field) {
  const char* value = PQresultErrorField(result, field);
  return value == nullptr ? "" : value;
}

[[noreturn]] void AbortOnName(const char* name, const char* why) {
  std::fprintf(stderr, "libs/pg: statement %s: %s\n", name, why);
  std::abort();
}

// "0" switches the server's timeout off.
std::string TimeoutMilliseconds(absl::Time deadline) {
  if (deadline == absl::InfiniteFuture()) return "0";
  const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
  return absl::StrCat(std::min<int64_t>(std::max<int64_t>(left, 1), 2147483647));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const ConnectionOptions& options,
                                                             absl::Time deadline,
                                                             std::string* cause) {
  // Who only listens sends nothing, and would not notice in hours that the other side is gone.
  const std::array<const char*, 9> keys = {"dbname",
                                           "application_name",
                                           "options",
                                           "client_encoding",
                                           "tcp_user_timeout",
                                           "keepalives_idle",
                                           "keepalives_interval",
                                           "keepalives_count",
                                           nullptr};
  const std::array<const char*, 9> values = {options.url.c_str(),
                                             options.application_name.c_str(),
                                             kSessionOptions,
                                             "UTF8",
                                             "5000",
                                             "5",
                                             "2",
                                             "3",
                                             nullptr};
  pg_conn* conn = PQconnectStartParams(keys.data(), values.data(), /*expand_dbname=*/1);
  if (conn == nullptr) return errors::DatabaseUnavailable();
  auto connection = std::unique_ptr<Connection>(new Connection(conn, options));
  PostgresPollingStatusType state =
      PQstatus(conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    const bool write = state == PGRES_POLLING_WRITING;
    if (AwaitSocket(PQsocket(conn), {.read = !write, .write = write}, deadline) == Wait::kTooLate) {
      if (cause != nullptr) *cause = "connecting took longer than the deadline";
      return errors::DeadlineExceeded();
    }
    state = PQconnectPoll(conn);
  }
  if (state == PGRES_POLLING_FAILED || PQsetnonblocking(conn, 1) != 0) {
    if (cause != nullptr) *cause = PQerrorMessage(conn);
    return errors::DatabaseUnavailable();
  }
  // Notices may quote rows; nobody reads them.
  PQsetNoticeReceiver(
      conn, [](void*, const pg_result*) {}, nullptr);
  return connection;
}

Connection::~Connection() {
  PQfinish(conn_);
}

bool Connection::in_transaction() const {
  return PQtransactionStatus(conn_) != PQTRANS_IDLE;
}

bool Connection::is_superuser() const {
  const char* value = PQparameterStatus(conn_, "is_superuser");
  return value != nullptr && absl::string_view(value) == "on";
}

int Connection::backend_pid() const {
  return PQbackendPID(conn_);
}

absl::Status Connection::Broken() {
  broken_ = true;
  return errors::DatabaseUnavailable();
}

absl::Status Connection::Flush(absl::Time deadline) {
  while (true) {
    const int left = PQflush(conn_);
    if (left == 0) return absl::OkStatus();
    if (left < 0) return Broken();
    const Wait wait = AwaitSocket(PQsocket(conn_), {.read = true, .write = true}, deadline);
    // Half a command has been sent: nothing can follow it.
    if (wait == Wait::kTooLate) {
      broken_ = true;
      return errors::DeadlineExceeded();
    }
    if (PQconsumeInput(conn_) == 0) return Broken();
  }
}

absl::StatusOr<Connection::OwnedResult> Connection::NextResult(absl::Time deadline) {
  while (PQisBusy(conn_) != 0) {
    if (AwaitSocket(PQsocket(conn_), {.read = true}, deadline) == Wait::kTooLate)
      return errors::DeadlineExceeded();
    if (PQconsumeInput(conn_) == 0) return Broken();
  }
  pg_result* result = PQgetResult(conn_);
  if (result == nullptr) return OwnedResult();
  return OwnedResult(result, PQclear);
}

absl::Status Connection::StatusOf(const pg_result* result, const char* name) {
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      return absl::OkStatus();
    case PGRES_FATAL_ERROR:
      break;
    default:
      broken_ = true;
      return errors::Internal(absl::StrCat("statement ", name, ": unexpected kind of result"));
  }
  const ServerError error{.sqlstate = Field(result, PG_DIAG_SQLSTATE),
                          .message = Field(result, PG_DIAG_MESSAGE_PRIMARY),
                          .constraint = Field(result, PG_DIAG_CONSTRAINT_NAME),
                          .table = Field(result, PG_DIAG_TABLE_NAME)};
  if (PQstatus(conn_) == CONNECTION_BAD || Field(result, PG_DIAG_SEVERITY_NONLOCALIZED) == "FATAL")
    broken_ = true;
  // A migration changed a table under a prepared statement: a new connection prepares it afresh, so
  // run it all again.
  if (error.sqlstate == "0A000" && absl::StrContains(error.message, "cached plan")) {
    broken_ = true;
    return errors::TransactionConflict();
  }
  return MapServerError(error, name);
}

absl::StatusOr<Connection::OwnedResult> Connection::ReadCommand(const char* name,
                                                                absl::Time deadline) {
  OwnedResult last;
  absl::Status first_error;
  while (true) {
    absl::StatusOr<OwnedResult> next = NextResult(deadline);
    if (!next.ok()) return next.status();
    if (*next == nullptr) break;
    if (first_error.ok()) first_error = StatusOf(next->get(), name);
    last = *std::move(next);
  }
  if (!first_error.ok()) return first_error;
  if (last == nullptr) return Broken();
  return last;
}

void Connection::CancelInFlight() {
  if (broken_) return;
  const absl::Time give_up = absl::Now() + kGrace;
  if (!CancelBy(conn_, give_up)) broken_ = true;
  while (!broken_) {
    const absl::StatusOr<OwnedResult> next = NextResult(give_up);
    if (!next.ok()) broken_ = true;
    if (next.ok() && *next == nullptr) return;
  }
}

absl::StatusOr<Connection::OwnedResult> Connection::Run(bool sent, const char* name,
                                                        absl::Time deadline) {
  if (broken_ || !sent) return Broken();
  if (absl::Status flushed = Flush(deadline); !flushed.ok()) return flushed;
  absl::StatusOr<OwnedResult> result = ReadCommand(name, deadline);
  if (!result.ok() && absl::IsDeadlineExceeded(result.status()) &&
      PQtransactionStatus(conn_) == PQTRANS_ACTIVE) {
    CancelInFlight();
  }
  return result;
}

absl::Status Connection::Prepare(const Statement& statement, absl::Time deadline) {
  const auto found = prepared_.find(statement.name);
  if (found != prepared_.end()) {
    if (found->second != statement.sql) AbortOnName(statement.name, "two statements of this name");
    return absl::OkStatus();
  }
  // The server would cut a longer name, and two cut names may be one.
  if (absl::string_view(statement.name).size() > 63)
    AbortOnName(statement.name, "a name of more than 63 characters");
  const bool sent = PQsendPrepare(conn_, statement.name, statement.sql, 0, nullptr) == 1;
  // Worth finishing even for a caller that is too late: the next one needs it as well.
  absl::StatusOr<OwnedResult> result = Run(sent, statement.name, deadline + kGrace);
  if (result.ok()) prepared_.emplace(statement.name, statement.sql);
  // Whether the session has the statement is open, and to prepare it twice is an error: every later
  // caller would meet it.
  if (absl::IsDeadlineExceeded(result.status())) broken_ = true;
  return result.status();
}

absl::StatusOr<Connection::OwnedResult> Connection::Send(const Statement& statement,
                                                         const Params& params,
                                                         absl::Time deadline) {
  if (broken_) return errors::DatabaseUnavailable();
  if (absl::Status prepared = Prepare(statement, deadline); !prepared.ok()) return prepared;
  if (absl::Now() >= deadline) return errors::DeadlineExceeded();
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  for (size_t i = 0; i < params.values().size(); ++i) {
    const std::optional<std::string>& value = params.values()[i];
    values.push_back(value.has_value() ? value->c_str() : nullptr);
    lengths.push_back(value.has_value() ? static_cast<int>(value->size()) : 0);
    formats.push_back(params.binary()[i] ? 1 : 0);
  }
  const bool sent =
      PQsendQueryPrepared(conn_, statement.name, static_cast<int>(values.size()), values.data(),
                          lengths.data(), formats.data(), /*resultFormat=*/1) == 1;
  return Run(sent, statement.name, deadline);
}

absl::StatusOr<Result> Connection::Execute(const Statement& statement, const Params& params,
                                           absl::Time deadline) {
  const absl::Time start = absl::Now();
  absl::StatusOr<OwnedResult> result = Send(statement, params, deadline);
  if (on_statement_) on_statement_(statement.name, absl::Now() - start, result.status().code());
  if (!result.ok()) return result.status();
  return MakeResult(*std::move(result), statement.name);
}

absl::Status Connection::Command(const std::string& sql, absl::Time deadline) {
  if (broken_) return errors::DatabaseUnavailable();
  return Run(PQsendQuery(conn_, sql.c_str()) == 1, sql.c_str(), deadline).status();
}

absl::Status Connection::SendBegin(const char* begin_sql, absl::string_view callers,
                                   const std::string& timeout_ms, absl::Time deadline) {
  const std::string owned_callers(callers);
  const std::array<const char*, 2> values = {owned_callers.c_str(), timeout_ms.c_str()};
  const bool sent =
      PQenterPipelineMode(conn_) == 1 &&
      PQsendQueryParams(conn_, begin_sql, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1 &&
      PQsendQueryPrepared(conn_, kSetContext.name, 2, values.data(), nullptr, nullptr, 0) == 1 &&
      PQpipelineSync(conn_) == 1;
  if (!sent) return Broken();
  return Flush(deadline);
}

absl::Status Connection::Begin(const char* begin_sql, absl::string_view callers,
                               absl::Time deadline) {
  if (broken_) return errors::DatabaseUnavailable();
  if (absl::Status prepared = Prepare(kSetContext, deadline); !prepared.ok()) return prepared;
  if (absl::Now() >= deadline) return errors::DeadlineExceeded();
  absl::Status status = SendBegin(begin_sql, callers, TimeoutMilliseconds(deadline), deadline);
  for (int command = 0; command < 2 && status.ok(); ++command)
    status = ReadCommand("pg.begin", deadline).status();
  if (status.ok()) {
    const absl::StatusOr<OwnedResult> sync = NextResult(deadline);
    const bool synced =
        sync.ok() && *sync != nullptr && PQresultStatus(sync->get()) == PGRES_PIPELINE_SYNC;
    if (!synced || PQexitPipelineMode(conn_) == 0) return Broken();
    return absl::OkStatus();
  }
  // Nothing depends on this session yet: a new one is simpler than to find the end of a broken
  // pipeline.
  broken_ = true;
  return status;
}

absl::Status Connection::Commit(absl::Time deadline) {
  if (broken_) return errors::DatabaseUnavailable();
  if (PQsendQuery(conn_, "COMMIT") != 1) return Broken();
  absl::Status status = Flush(deadline + kCommitGrace);
  if (status.ok()) {
    const absl::StatusOr<OwnedResult> result = ReadCommand("pg.commit", deadline + kCommitGrace);
    status = result.status();
    // The server answers ROLLBACK to the COMMIT of a failed transaction.
    if (status.ok() && absl::string_view(PQcmdStatus(result->get())) != "COMMIT") {
      return errors::Internal("commit of a transaction in which a statement had failed");
    }
  }
  if (status.ok()) return status;
  // An error that leaves the session idle is the server's own verdict; anything else leaves the
  // outcome open.
  if (!broken_ && PQtransactionStatus(conn_) == PQTRANS_IDLE) return status;
  broken_ = true;
  return errors::OutcomeUnknown();
}

void Connection::Rollback() {
  if (broken_ || PQtransactionStatus(conn_) == PQTRANS_IDLE) return;
  if (PQtransactionStatus(conn_) == PQTRANS_ACTIVE ||
      !Command("ROLLBACK", absl::Now() + kGrace).ok())
    broken_ = true;
}

absl::StatusOr<std::vector<Notification>> Connection::AwaitNotifications(absl::Time deadline,
                                                                         int wake_fd) {
  std::vector<Notification> notifications;
  while (true) {
    if (broken_ || PQconsumeInput(conn_) == 0) return Broken();
    while (PGnotify* notify = PQnotifies(conn_)) {
      notifications.push_back({.channel = notify->relname, .payload = notify->extra});
      PQfreemem(notify);
    }
    if (!notifications.empty()) return notifications;
    const Wait wait = AwaitSocket(PQsocket(conn_), {.read = true, .wake_fd = wake_fd}, deadline);
    if (wait != Wait::kReady) return notifications;
  }
}

}  // namespace vsv::pg

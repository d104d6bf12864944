#include "libs/pg/sqlstate.h"

#include "libs/errors/errors.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <array>
#include <map>
#include <utility>

namespace vsv::pg {
namespace {

constexpr char kConstraint[] = "constraint";

enum class Meaning { kUnique, kReference, kCheck, kExclusion, kConflict, kTooLate, kAway };

struct Entry {
  absl::string_view prefix;  // of the SQLSTATE; longer ones first
  Meaning meaning;
};

constexpr std::array<Entry, 11> kTable = {{
    {"23505", Meaning::kUnique},
    {"23503", Meaning::kReference},
    {"23514", Meaning::kCheck},
    {"23P01", Meaning::kExclusion},
    {"40001", Meaning::kConflict},
    {"40P01", Meaning::kConflict},
    {"55P03", Meaning::kConflict},
    {"57014", Meaning::kTooLate},
    {"57P", Meaning::kAway},
    {"08", Meaning::kAway},
    {"53", Meaning::kAway},
}};

// Classes whose messages name objects of the schema or states of the server, never values of rows.
bool MessageIsHarmless(absl::string_view sqlstate) {
  for (const absl::string_view klass :
       {"0A", "25", "26", "28", "34", "3D", "3F", "42", "54", "55", "58", "XX"}) {
    if (absl::StartsWith(sqlstate, klass)) return true;
  }
  return false;
}

absl::Status Violation(absl::StatusCode code, absl::string_view reason, const ServerError& error) {
  errors::Detail detail;
  detail.reason = std::string(reason);
  detail.metadata.emplace(kConstraint, error.constraint);
  return errors::Make(code, "a rule of the data is violated", std::move(detail));
}

absl::Status Unexpected(const ServerError& error, absl::string_view statement) {
  std::string cause = absl::StrCat("statement ", statement, ": SQLSTATE ", error.sqlstate);
  if (!error.table.empty()) absl::StrAppend(&cause, ", table ", error.table);
  if (!error.constraint.empty()) absl::StrAppend(&cause, ", constraint ", error.constraint);
  if (MessageIsHarmless(error.sqlstate)) absl::StrAppend(&cause, ": ", error.message);
  return errors::Internal(cause);
}

absl::Status StatusFor(Meaning meaning, const ServerError& error) {
  switch (meaning) {
    case Meaning::kUnique:
      return Violation(absl::StatusCode::kAlreadyExists, "UNIQUE_VIOLATION", error);
    case Meaning::kReference:
      return Violation(absl::StatusCode::kFailedPrecondition, "REFERENCE_VIOLATION", error);
    case Meaning::kCheck:
      return Violation(absl::StatusCode::kFailedPrecondition, "CHECK_VIOLATION", error);
    case Meaning::kExclusion:
      return Violation(absl::StatusCode::kFailedPrecondition, "EXCLUSION_VIOLATION", error);
    case Meaning::kConflict:
      return errors::TransactionConflict();
    case Meaning::kTooLate:
      return errors::DeadlineExceeded();
    case Meaning::kAway:
      return errors::DatabaseUnavailable();
  }
  return errors::Internal("unknown meaning of a SQLSTATE");
}

}  // namespace

absl::Status MapServerError(const ServerError& error, absl::string_view statement) {
  // No SQLSTATE: the driver speaks, not the server, because the connection is gone. 25P03: idle for
  // too long.
  if (error.sqlstate.empty() || error.sqlstate == "25P03") return errors::DatabaseUnavailable();
  for (const Entry& entry : kTable) {
    if (absl::StartsWith(error.sqlstate, entry.prefix)) return StatusFor(entry.meaning, error);
  }
  return Unexpected(error, statement);
}

std::string ConstraintOf(const absl::Status& status) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  if (!detail.has_value()) return "";
  const auto found = detail->metadata.find(kConstraint);
  return found == detail->metadata.end() ? "" : found->second;
}

bool IsTransactionConflict(const absl::Status& status) {
  return absl::IsAborted(status) && errors::ReasonOf(status) == "TRANSACTION_CONFLICT";
}

bool EndsTransaction(const absl::Status& status) {
  return IsTransactionConflict(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsUnavailable(status);
}

}  // namespace vsv::pg

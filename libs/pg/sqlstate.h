// The SQLSTATEs that matter, in one table, and what they mean to a caller.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::pg {

// What the server says of an error. Its DETAIL and its message may quote rows, so DETAIL is never
// taken over, and the message only where it cannot speak of data.
struct ServerError {
  std::string sqlstate;    // five characters, "" when the connection broke
  std::string message;     // MESSAGE_PRIMARY
  std::string constraint;  // name, for class 23
  std::string table;       // name, where the server names it
};

// | SQLSTATE                  | status                                                          |
// |---------------------------|-----------------------------------------------------------------|
// | 23505 unique              | ALREADY_EXISTS UNIQUE_VIOLATION, metadata constraint            |
// | 23503, 23514, 23P01       | FAILED_PRECONDITION REFERENCE_ / CHECK_ / EXCLUSION_VIOLATION   |
// | 40001, 40P01, 55P03       | ABORTED TRANSACTION_CONFLICT                                    |
// | 57014 cancelled, timeout  | DEADLINE_EXCEEDED                                               |
// | 08xxx, 53xxx, 57Pxx, 25P03| UNAVAILABLE DATABASE_UNAVAILABLE                                |
// | anything else             | INTERNAL, cause for the log alone                               |
// `statement` names the statement in the cause.
absl::Status MapServerError(const ServerError& error, absl::string_view statement);

// Name of the violated constraint, or "" when `status` is none of the violations above. Stores turn
// it into the domain's own refusal.
std::string ConstraintOf(const absl::Status& status);

// Whether the whole transaction may succeed when run again.
bool IsTransactionConflict(const absl::Status& status);

// Whether nothing more can be done in the transaction, whatever a savepoint caught: conflict,
// deadline, database away.
bool EndsTransaction(const absl::Status& status);

}  // namespace vsv::pg

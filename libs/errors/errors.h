// Refusals and failures as absl::Status with a machine-readable detail. One constructor per cause;
// libs/rpc is the only place that turns the detail into google.rpc.ErrorInfo, BadRequest and
// RetryInfo.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vsv::errors {

// One field that is not as it must be.
struct Violation {
  std::string field;        // path in the request, e.g. "dossier.pupil.birth_date"
  std::string description;  // what is wrong and what is expected; never repeats personal data
};

// A hostile request must not buy a refusal of any length.
inline constexpr size_t kMaxViolations = 100;
// Adds one as long as there is room; the last that there is room for says that there are more.
void AddViolation(std::vector<Violation>& violations, absl::string_view field,
                  absl::string_view description);

// What travels with a status besides its code and message.
struct Detail {
  std::string reason;  // UPPER_SNAKE_CASE, a value of an ErrorReason enum without its prefix
  std::map<std::string, std::string> metadata;  // further facts, no personal data
  std::vector<Violation> violations;            // all of them, for FIELD_INVALID
  std::optional<absl::Duration> retry_after;    // when trying again makes sense
};

// The status with `detail` attached. Prefer the named constructors below.
absl::Status Make(absl::StatusCode code, absl::string_view message, Detail detail);

// The detail of a status made here; nullopt for any other status.
std::optional<Detail> DetailOf(const absl::Status& status);

// Reason of a status made here, or "" for any other.
std::string ReasonOf(const absl::Status& status);

// INVALID_ARGUMENT FIELD_INVALID with every violation. Requires at least one.
absl::Status FieldsInvalid(std::vector<Violation> violations);
absl::Status FieldInvalid(absl::string_view field, absl::string_view description);
// INVALID_ARGUMENT PAGE_TOKEN_INVALID: forged, foreign, or used with changed arguments.
absl::Status PageTokenInvalid();
// INVALID_ARGUMENT MESSAGE_MALFORMED: bytes that are no message of the type.
absl::Status MessageMalformed();
// UNAUTHENTICATED CREDENTIAL_INVALID.
absl::Status CredentialInvalid(absl::string_view why);
// PERMISSION_DENIED ROLE_REQUIRED / PURPOSE_NOT_PERMITTED: visible, but not the caller's to do.
absl::Status RoleRequired(absl::string_view why);
absl::Status PurposeNotPermitted(absl::string_view why);
// NOT_FOUND <RESOURCE>_NOT_FOUND: absent or not visible, alike to the letter. `resource` e.g.
// "DOSSIER".
absl::Status NotFound(absl::string_view resource);
// ALREADY_EXISTS <RESOURCE>_EXISTS.
absl::Status AlreadyExists(absl::string_view resource, absl::string_view message);
// FAILED_PRECONDITION STATE_CONFLICT: what is missing for the transition goes into message and
// metadata.
absl::Status StateConflict(absl::string_view message,
                           std::map<std::string, std::string> metadata = {});
// FAILED_PRECONDITION with a reason of its own, e.g. "NO_APPLICATION", "BASIS_MISSING".
absl::Status Precondition(absl::string_view reason, absl::string_view message,
                          std::map<std::string, std::string> metadata = {});
// FAILED_PRECONDITION REQUEST_ID_REUSED: the request id was used for another body.
absl::Status RequestIdReused();
// ABORTED ETAG_MISMATCH: read again, then repeat.
absl::Status EtagMismatch();
// ABORTED TRANSACTION_CONFLICT with RetryInfo.
absl::Status TransactionConflict();
// OUT_OF_RANGE CURSOR_EXPIRED: cursor of another epoch or beyond the retained history; resync.
absl::Status CursorExpired(absl::string_view why);
// INVALID_ARGUMENT CURSOR_INVALID: forged or foreign cursor.
absl::Status CursorInvalid();
// RESOURCE_EXHAUSTED OVERLOADED with RetryInfo.
absl::Status Overloaded();
// RESOURCE_EXHAUSTED TOO_MANY_STREAMS: the organisation has `open` streams, as many as it may.
absl::Status TooManyStreams(int open);
// UNAVAILABLE DATABASE_UNAVAILABLE / PROJECTION_STALE / SHUTTING_DOWN with RetryInfo.
absl::Status DatabaseUnavailable();
absl::Status ProjectionStale();
absl::Status ShuttingDown();
// DEADLINE_EXCEEDED.
absl::Status DeadlineExceeded();
// UNKNOWN OUTCOME_UNKNOWN: a commit's outcome is not known; repeat with the same request_id.
absl::Status OutcomeUnknown();
// INTERNAL: `cause` is for the log alone, libs/rpc replaces the message by an incident id.
absl::Status Internal(absl::string_view cause);

}  // namespace vsv::errors

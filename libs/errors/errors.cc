#include "libs/errors/errors.h"

#include "libs/errors/detail_codec.h"

#include "absl/base/macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

#include <utility>

namespace vsv::errors {
namespace {

constexpr char kPayloadUrl[] = "vsv.errors/detail";

// Long enough that a crowd of clients does not come back at once, short enough that a person does
// not notice.
constexpr absl::Duration kConflictRetry = absl::Milliseconds(50);
constexpr absl::Duration kOverloadRetry = absl::Milliseconds(250);
constexpr absl::Duration kUnavailableRetry = absl::Seconds(1);

Detail Because(absl::string_view reason) {
  Detail detail;
  detail.reason = std::string(reason);
  return detail;
}

Detail RetryBecause(absl::string_view reason, absl::Duration after) {
  Detail detail = Because(reason);
  detail.retry_after = after;
  return detail;
}

// "DOSSIER_SECTION" -> "dossier section", for the message.
std::string Spoken(absl::string_view resource) {
  std::string words(resource);
  for (char& c : words) c = c == '_' ? ' ' : absl::ascii_tolower(static_cast<unsigned char>(c));
  return words;
}

}  // namespace

absl::Status Make(absl::StatusCode code, absl::string_view message, Detail detail) {
  absl::Status status(code, message);
  status.SetPayload(kPayloadUrl, absl::Cord(EncodeDetail(detail)));
  return status;
}

std::optional<Detail> DetailOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  return DecodeDetail(std::string(*payload));
}

std::string ReasonOf(const absl::Status& status) {
  std::optional<Detail> detail = DetailOf(status);
  return detail.has_value() ? std::move(detail->reason) : std::string();
}

void AddViolation(std::vector<Violation>& violations, absl::string_view field,
                  absl::string_view description) {
  if (violations.size() >= kMaxViolations) return;
  const bool is_last = violations.size() + 1 == kMaxViolations;
  violations.push_back(
      {std::string(field), std::string(is_last ? "and there are more violations" : description)});
}

absl::Status FieldsInvalid(std::vector<Violation> violations) {
  ABSL_ASSERT(!violations.empty());
  Detail detail = Because("FIELD_INVALID");
  detail.violations = std::move(violations);
  std::string message =
      detail.violations.size() == 1
          ? absl::StrCat(detail.violations[0].field, ": ", detail.violations[0].description)
          : absl::StrCat(detail.violations.size(), " fields are not valid; see the details");
  return Make(absl::StatusCode::kInvalidArgument, message, std::move(detail));
}

absl::Status FieldInvalid(absl::string_view field, absl::string_view description) {
  return FieldsInvalid({Violation{std::string(field), std::string(description)}});
}

absl::Status PageTokenInvalid() {
  return Make(absl::StatusCode::kInvalidArgument,
              "The page token is not one of this query; start again without a token.",
              Because("PAGE_TOKEN_INVALID"));
}

absl::Status MessageMalformed() {
  return Make(absl::StatusCode::kInvalidArgument,
              "The bytes are not a message of the type this method takes.",
              Because("MESSAGE_MALFORMED"));
}

absl::Status CredentialInvalid(absl::string_view why) {
  return Make(absl::StatusCode::kUnauthenticated, why, Because("CREDENTIAL_INVALID"));
}

absl::Status RoleRequired(absl::string_view why) {
  return Make(absl::StatusCode::kPermissionDenied, why, Because("ROLE_REQUIRED"));
}

absl::Status PurposeNotPermitted(absl::string_view why) {
  return Make(absl::StatusCode::kPermissionDenied, why, Because("PURPOSE_NOT_PERMITTED"));
}

absl::Status NotFound(absl::string_view resource) {
  return Make(absl::StatusCode::kNotFound,
              absl::StrCat("There is no such ", Spoken(resource), ", or it is not visible to you."),
              Because(absl::StrCat(resource, "_NOT_FOUND")));
}

absl::Status AlreadyExists(absl::string_view resource, absl::string_view message) {
  return Make(absl::StatusCode::kAlreadyExists, message,
              Because(absl::StrCat(resource, "_EXISTS")));
}

absl::Status StateConflict(absl::string_view message, std::map<std::string, std::string> metadata) {
  return Precondition("STATE_CONFLICT", message, std::move(metadata));
}

absl::Status Precondition(absl::string_view reason, absl::string_view message,
                          std::map<std::string, std::string> metadata) {
  Detail detail = Because(reason);
  detail.metadata = std::move(metadata);
  return Make(absl::StatusCode::kFailedPrecondition, message, std::move(detail));
}

absl::Status RequestIdReused() {
  return Make(absl::StatusCode::kFailedPrecondition,
              "This request_id was used for another request; make a new one.",
              Because("REQUEST_ID_REUSED"));
}

absl::Status EtagMismatch() {
  return Make(absl::StatusCode::kAborted,
              "The resource has changed since it was read; read it again and repeat the change.",
              Because("ETAG_MISMATCH"));
}

absl::Status TransactionConflict() {
  return Make(absl::StatusCode::kAborted, "Others changed the same data at the same time; repeat.",
              RetryBecause("TRANSACTION_CONFLICT", kConflictRetry));
}

absl::Status CursorExpired(absl::string_view why) {
  return Make(absl::StatusCode::kOutOfRange, why, Because("CURSOR_EXPIRED"));
}

absl::Status CursorInvalid() {
  return Make(absl::StatusCode::kInvalidArgument,
              "The cursor is not one of this subscription; start again without a cursor.",
              Because("CURSOR_INVALID"));
}

absl::Status Overloaded() {
  return Make(absl::StatusCode::kResourceExhausted, "The service is busy; try again shortly.",
              RetryBecause("OVERLOADED", kOverloadRetry));
}

absl::Status TooManyStreams(int open) {
  Detail detail = Because("TOO_MANY_STREAMS");
  detail.metadata = {{"open", absl::StrCat(open)}};
  return Make(absl::StatusCode::kResourceExhausted,
              absl::StrCat("Your organisation has ", open,
                           " streams open at this service, as many as it may; end those that "
                           "nobody reads any more, then try again."),
              std::move(detail));
}

absl::Status DatabaseUnavailable() {
  return Make(absl::StatusCode::kUnavailable, "The database cannot be reached; try again shortly.",
              RetryBecause("DATABASE_UNAVAILABLE", kUnavailableRetry));
}

absl::Status ProjectionStale() {
  return Make(absl::StatusCode::kUnavailable,
              "What this service knows of agreements and roles is too old to decide on; try again "
              "shortly.",
              RetryBecause("PROJECTION_STALE", kUnavailableRetry));
}

absl::Status ShuttingDown() {
  return Make(absl::StatusCode::kUnavailable, "The service is shutting down; try another one.",
              RetryBecause("SHUTTING_DOWN", kUnavailableRetry));
}

absl::Status DeadlineExceeded() {
  return Make(absl::StatusCode::kDeadlineExceeded, "The deadline has passed.",
              Because("DEADLINE_EXCEEDED"));
}

absl::Status OutcomeUnknown() {
  return Make(absl::StatusCode::kUnknown,
              "Whether the change was made is not known; repeat it with the same request_id.",
              Because("OUTCOME_UNKNOWN"));
}

absl::Status Internal(absl::string_view cause) {
  return Make(absl::StatusCode::kInternal, cause, Because("INTERNAL"));
}

}  // namespace vsv::errors

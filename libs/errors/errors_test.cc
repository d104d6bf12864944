#include "libs/errors/errors.h"

#include "libs/errors/detail_codec.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::errors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Detail FullDetail() {
  Detail detail;
  detail.reason = "STATE_CONFLICT";
  detail.metadata = {{"missing", "application"}, {"", ""}, {"nul", std::string("a\0b", 3)}};
  detail.violations = {{"dossier.pupil", "is required"}, {"", ""}};
  detail.retry_after = absl::Milliseconds(1500);
  return detail;
}

TEST(Detail, SurvivesTheStatusUnchanged) {
  const absl::Status status = Make(absl::StatusCode::kAborted, "no", FullDetail());
  const std::optional<Detail> detail = DetailOf(status);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->reason, "STATE_CONFLICT");
  EXPECT_EQ(detail->metadata, FullDetail().metadata);
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[0].field, "dossier.pupil");
  EXPECT_EQ(detail->violations[0].description, "is required");
  EXPECT_EQ(detail->retry_after, absl::Milliseconds(1500));
  EXPECT_EQ(status.message(), "no");
}

TEST(Detail, OfAForeignStatusIsAbsent) {
  EXPECT_FALSE(DetailOf(absl::OkStatus()).has_value());
  EXPECT_FALSE(DetailOf(absl::NotFoundError("x")).has_value());
  EXPECT_EQ(ReasonOf(absl::NotFoundError("x")), "");
}

TEST(Detail, IsRefusedWhenCutOffAtAnyByte) {
  const std::string bytes = EncodeDetail(FullDetail());
  ASSERT_TRUE(DecodeDetail(bytes).has_value());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeDetail(bytes.substr(0, size)).has_value()) << size;
  }
}

TEST(Detail, IsRefusedWithBytesBehindIt) {
  EXPECT_FALSE(DecodeDetail(EncodeDetail(FullDetail()) + "x").has_value());
}

TEST(FieldsInvalid, CarriesEveryViolation) {
  const absl::Status status = FieldsInvalid({{"a", "is required"}, {"b", "is too long"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FIELD_INVALID");
  ASSERT_EQ(DetailOf(status)->violations.size(), 2u);
  EXPECT_EQ(DetailOf(status)->violations[1].field, "b");
}

TEST(NotFound, SaysTheSameForAbsentAndInvisible) {
  const absl::Status status = NotFound("CARE_PLAN");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "CARE_PLAN_NOT_FOUND");
  EXPECT_THAT(std::string(status.message()), HasSubstr("care plan"));
  EXPECT_EQ(status, NotFound("CARE_PLAN"));
}

TEST(Precondition, CarriesItsReasonAndFacts) {
  const absl::Status status = Precondition("NO_APPLICATION", "Not yet.", {{"needs", "APPLIED"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(DetailOf(status)->metadata, ElementsAre(Pair("needs", "APPLIED")));
}

struct Cause {
  absl::Status status;
  absl::StatusCode code;
  const char* reason;
  bool retry;
};

// The table of causes, written out a second time on purpose.
TEST(EveryCause, HasItsCodeReasonAndRetryAdvice) {
  using Code = absl::StatusCode;
  const Cause causes[] = {
      {PageTokenInvalid(), Code::kInvalidArgument, "PAGE_TOKEN_INVALID", false},
      {MessageMalformed(), Code::kInvalidArgument, "MESSAGE_MALFORMED", false},
      {CursorInvalid(), Code::kInvalidArgument, "CURSOR_INVALID", false},
      {FieldInvalid("a", "b"), Code::kInvalidArgument, "FIELD_INVALID", false},
      {CredentialInvalid("x"), Code::kUnauthenticated, "CREDENTIAL_INVALID", false},
      {RoleRequired("x"), Code::kPermissionDenied, "ROLE_REQUIRED", false},
      {PurposeNotPermitted("x"), Code::kPermissionDenied, "PURPOSE_NOT_PERMITTED", false},
      {AlreadyExists("PARTNER", "x"), Code::kAlreadyExists, "PARTNER_EXISTS", false},
      {StateConflict("x"), Code::kFailedPrecondition, "STATE_CONFLICT", false},
      {RequestIdReused(), Code::kFailedPrecondition, "REQUEST_ID_REUSED", false},
      {EtagMismatch(), Code::kAborted, "ETAG_MISMATCH", false},
      {TransactionConflict(), Code::kAborted, "TRANSACTION_CONFLICT", true},
      {CursorExpired("x"), Code::kOutOfRange, "CURSOR_EXPIRED", false},
      {Overloaded(), Code::kResourceExhausted, "OVERLOADED", true},
      {TooManyStreams(16), Code::kResourceExhausted, "TOO_MANY_STREAMS", false},
      {DatabaseUnavailable(), Code::kUnavailable, "DATABASE_UNAVAILABLE", true},
      {ProjectionStale(), Code::kUnavailable, "PROJECTION_STALE", true},
      {ShuttingDown(), Code::kUnavailable, "SHUTTING_DOWN", true},
      {DeadlineExceeded(), Code::kDeadlineExceeded, "DEADLINE_EXCEEDED", false},
      {OutcomeUnknown(), Code::kUnknown, "OUTCOME_UNKNOWN", false},
      {Internal("disk"), Code::kInternal, "INTERNAL", false},
  };
  std::set<std::string> seen;
  for (const Cause& cause : causes) {
    EXPECT_EQ(cause.status.code(), cause.code) << cause.reason;
    EXPECT_EQ(ReasonOf(cause.status), cause.reason);
    EXPECT_EQ(DetailOf(cause.status)->retry_after.has_value(), cause.retry) << cause.reason;
    EXPECT_FALSE(cause.status.message().empty()) << cause.reason;
    EXPECT_TRUE(seen.insert(cause.reason).second) << cause.reason;
  }
}

TEST(Errors, ARefusalHasAnEndHoweverMuchIsWrong) {
  std::vector<Violation> violations;
  for (size_t i = 0; i < 3 * kMaxViolations; ++i) AddViolation(violations, "list", "is wrong");
  ASSERT_EQ(violations.size(), kMaxViolations);
  EXPECT_EQ(violations[kMaxViolations - 2].description, "is wrong");
  EXPECT_EQ(violations.back().description, "and there are more violations");
}

}  // namespace
}  // namespace vsv::errors

#include "libs/rpc/status_bridge.h"

#include "libs/errors/errors.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::rpc {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(StatusBridge, CarriesReasonMetadataAndEveryViolation) {
  const grpc::Status out =
      ToGrpc(errors::FieldsInvalid({{"a", "is wrong"}, {"b.c", "is missing"}}), "/x/Y", "trace");
  EXPECT_EQ(out.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const absl::Status back = FromGrpc(out);
  const std::optional<errors::Detail> detail = errors::DetailOf(back);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->reason, "FIELD_INVALID");
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[1].field, "b.c");
}

// gRPC refuses an answer whose metadata is larger than 8 KiB as a whole: the caller would learn
// nothing.
TEST(StatusBridge, CarriesAsManyViolationsAsAnAnswerHoldsAndSaysHowManyMoreThereAre) {
  std::vector<errors::Violation> many(100, {"dossier.administrative.family_name", "is required"});
  const grpc::Status out = ToGrpc(errors::FieldsInvalid(many), "/x/Y", "t");
  EXPECT_LT(out.error_details().size() * 4 / 3, 7'500u);
  const auto violations = errors::DetailOf(FromGrpc(out))->violations;
  ASSERT_GT(violations.size(), 50u);
  ASSERT_LT(violations.size(), 100u);
  EXPECT_EQ(violations.back().description,
            absl::StrCat("and ", 100 - violations.size() + 1, " more violations"));
}

TEST(StatusBridge, CarriesRetryInfoForOverload) {
  const std::optional<errors::Detail> detail =
      errors::DetailOf(FromGrpc(ToGrpc(errors::Overloaded(), "/x/Y", "t")));
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->reason, "OVERLOADED");
  EXPECT_TRUE(detail->retry_after.has_value());
}

TEST(StatusBridge, NeverLetsTheCauseOfAnInternalErrorOut) {
  for (const absl::Status& status :
       {errors::Internal("password=hunter2"), absl::InternalError("password=hunter2"),
        absl::UnknownError("password=hunter2"), absl::NotFoundError("password=hunter2")}) {
    const grpc::Status out = ToGrpc(status, "/x/Y", "t");
    EXPECT_EQ(out.error_code(), grpc::StatusCode::INTERNAL);
    EXPECT_THAT(out.error_message(), Not(HasSubstr("hunter2")));
    EXPECT_THAT(out.error_details(), Not(HasSubstr("hunter2")));
    EXPECT_EQ(errors::DetailOf(FromGrpc(out))->metadata.at("incident").size(), 12u);
  }
}

TEST(StatusBridge, PutsTheSuitesDomainInErrorInfo) {
  google::rpc::Status packed;
  ASSERT_TRUE(
      packed.ParseFromString(ToGrpc(errors::NotFound("DOSSIER"), "/x/Y", "t").error_details()));
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(packed.details(0).UnpackTo(&info));
  EXPECT_EQ(info.domain(), "vsv-regie");
  EXPECT_EQ(info.reason(), "DOSSIER_NOT_FOUND");
}

TEST(StatusBridge, LeavesACancellationAlone) {
  EXPECT_EQ(ToGrpc(absl::CancelledError(), "/x/Y", "t").error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace vsv::rpc

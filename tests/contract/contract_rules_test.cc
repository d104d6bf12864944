// The rules of contract_rules.h against contracts that break them: a rule that never reports
// anything is no rule.
#include "tests/contract/contract_rules.h"

#include "google/api/annotations.pb.h"
#include "google/api/field_behavior.pb.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "vsv/policy/v1/admission.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "google/protobuf/compiler/parser.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>

namespace vsv::contract {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using ::testing::HasSubstr;

// One contract in proto language, with one of everything, that keeps all rules. $X$ are the places
// that tests break.
constexpr char kGood[] = R"proto(
  syntax = "proto3"
  ;
package vsv.sample.v1;
import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "google/api/resource.proto";
import "vsv/policy/v1/admission.proto";
import "vsv/policy/v1/policy.proto";
enum ErrorReason {
  // None.
  ERROR_REASON_UNSPECIFIED = 0;
  // Absent. Example:
  //   {"reason": "THING_NOT_FOUND", "domain": "vsv-regie", "metadata": {}}
  ERROR_REASON_THING_NOT_FOUND = 1;
}
message Thing {
  option (google.api.resource) = { type: "sample/Thing" pattern: "things/{thing}" };
  string name = 1 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string etag = 2 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string about = 3 [(vsv.policy.v1.field).category = DATA_CATEGORY_SUPPORT];
}
message RenameThingRequest {
  string name = 1 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string request_id = 2 [(google.api.field_behavior) = REQUIRED, (vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string etag = 3 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
}
message ListThingsRequest {
  int32 page_size = 1 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string page_token = 2 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
}
message ListThingsResponse {
  repeated string names = 1 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
  string next_page_token = 2 [(vsv.policy.v1.field).category = DATA_CATEGORY_NONE];
}
service SampleService {
  // Renames.
  // Errors:
  // - NOT_FOUND THING_NOT_FOUND: check
  //   the name.
  rpc RenameThing(RenameThingRequest) returns (Thing) {
    option (google.api.http) = { post: "/v1/{name=things/*}:rename" };
    option (vsv.policy.v1.method) = {
      roles: [ROLE_SCHOOL] purposes: [PURPOSE_TRANSITION] relations: [RELATION_DELIVERING] personal_data: true };
  }
  // Lists.
  // Errors: only those that every call can meet.
  rpc ListThings(ListThingsRequest) returns (ListThingsResponse) {
    option (google.api.http) = { get: "/v1/things" };
    option (vsv.policy.v1.method) = {
      roles: [ROLE_SCHOOL, ROLE_REGISTER_KEEPER] purposes: [PURPOSE_REGISTRY] relations: [RELATION_NONE] };
  }
}
)proto";

class ContractRulesTest : public ::testing::Test {
 protected:
  // Every rule over the sample with `from` replaced by `to`; each replacement must hit.
  std::string Check(const std::string& from = "", const std::string& to = "") {
    std::string text = kGood;
    if (!from.empty() && absl::StrReplaceAll({{from, to}}, &text) == 0) return "nothing replaced";
    const FileDescriptor* file = Build(text);
    if (file == nullptr) return "does not build";
    Findings findings;
    const google::protobuf::EnumDescriptor& reasons = *file->FindEnumTypeByName("ErrorReason");
    for (int i = 0; i < file->message_type_count(); ++i) {
      CheckFieldCategories(*file->message_type(i), findings);
    }
    for (int i = 0; i < file->service(0)->method_count(); ++i) {
      const google::protobuf::MethodDescriptor& method = *file->service(0)->method(i);
      CheckMethodPolicy(method, findings);
      CheckNeverShed(method, findings);
      CheckMutation(method, findings);
      CheckEtag(method, findings);
      CheckPaging(method, findings);
      CheckErrorsSection(method, ReasonsOf(reasons), findings);
    }
    CheckReasonExamples(reasons, findings);
    return Report(findings);
  }

 private:
  // Parses proto language and builds it upon the linked-in options; nullptr when it is wrong.
  const FileDescriptor* Build(const std::string& text) {
    policy::v1::MethodPolicy::descriptor();
    google::api::HttpRule::descriptor();
    google::api::ResourceDescriptor::descriptor();
    google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
    google::protobuf::io::Tokenizer tokenizer(&input, nullptr);
    google::protobuf::compiler::Parser parser;
    FileDescriptorProto proto;
    if (!parser.Parse(&tokenizer, &proto)) return nullptr;
    proto.set_name("vsv/sample/v1/sample.proto");
    pool_ = std::make_unique<DescriptorPool>(DescriptorPool::generated_pool());
    return pool_->BuildFile(proto);
  }

  std::unique_ptr<DescriptorPool> pool_;
};

constexpr char kRename[] = "vsv.sample.v1.SampleService.RenameThing: ";

TEST_F(ContractRulesTest, PassAContractThatKeepsThem) {
  EXPECT_EQ(Check(), "");
}

TEST_F(ContractRulesTest, ReportAFieldWithoutCategory) {
  EXPECT_EQ(Check("string about = 3 [(vsv.policy.v1.field).category = DATA_CATEGORY_SUPPORT]",
                  "string about = 3 [deprecated = true]; string more = 4 "
                  "[(vsv.policy.v1.field).category = DATA_CATEGORY_SUPPORT]"),
            // A field without category also counts as personal data, which changes nothing here.
            "vsv.sample.v1.Thing.about: has no data category");
  EXPECT_THAT(Check("DATA_CATEGORY_SUPPORT", "DATA_CATEGORY_UNSPECIFIED"),
              HasSubstr("Thing.about: has no data category"));
}

TEST_F(ContractRulesTest, ReportAMethodWithoutPolicy) {
  EXPECT_EQ(Check("option (vsv.policy.v1.method) = {\n      roles: [ROLE_SCHOOL] purposes: "
                  "[PURPOSE_TRANSITION] relations: [RELATION_DELIVERING] personal_data: true };",
                  ""),
            absl::StrCat(kRename, "has no policy"));
}

TEST_F(ContractRulesTest, ReportAPolicyThatSaysNothing) {
  EXPECT_EQ(Check("[ROLE_SCHOOL]", "[]"), absl::StrCat(kRename, "roles are not stated"));
  EXPECT_EQ(Check("[PURPOSE_TRANSITION]", "[PURPOSE_UNSPECIFIED]"),
            absl::StrCat(kRename, "purposes hold an unspecified or unknown one"));
  EXPECT_EQ(Check("[RELATION_DELIVERING]", "[RELATION_DELIVERING, RELATION_DELIVERING]"),
            absl::StrCat(kRename, "relations are repeated"));
}

TEST_F(ContractRulesTest, ReportAWithdrawalThatMayBeShedAndNothingElseThatMayNot) {
  EXPECT_THAT(Check("rpc RenameThing", "rpc WithdrawThing"),
              HasSubstr("WithdrawThing: takes something back and may be shed"));
  EXPECT_THAT(Check("option (google.api.http) = { get",
                    "option (vsv.policy.v1.never_shed) = true; option (google.api.http) = { get"),
              HasSubstr("ListThings: takes nothing back and is never shed"));
}

TEST_F(ContractRulesTest, ReportPersonalDataThatIsNotDeclared) {
  EXPECT_EQ(Check("personal_data: true", "personal_data: false"),
            absl::StrCat(kRename, "holds personal data but does not say so"));
  EXPECT_EQ(Check("[RELATION_DELIVERING]", "[RELATION_NONE]"),
            absl::StrCat(kRename, "holds personal data but asks for no relation"));
  EXPECT_EQ(Check("DATA_CATEGORY_SUPPORT", "DATA_CATEGORY_NONE"),
            absl::StrCat(kRename, "says personal_data but holds none\n", kRename,
                         "holds no personal data: its relation is RELATION_NONE alone"));
}

TEST_F(ContractRulesTest, ReportRolesThatMustNotReachPersonalData) {
  EXPECT_EQ(Check("[ROLE_SCHOOL]", "[ROLE_SCHOOL, ROLE_REGISTER_KEEPER]"),
            absl::StrCat(kRename, "REGISTER_KEEPER must not reach personal data"));
  EXPECT_EQ(Check("[ROLE_SCHOOL]", "[ROLE_PROGRAMME_MANAGER]"),
            absl::StrCat(kRename, "PROGRAMME_MANAGER must not reach personal data"));
}

TEST_F(ContractRulesTest, ReportAMutationWithoutRequestIdOrEtag) {
  const std::string problem =
      absl::StrCat(kRename, "changes something without a REQUIRED request_id");
  EXPECT_EQ(Check("request_id", "request_key"), problem);
  EXPECT_EQ(Check("(google.api.field_behavior) = REQUIRED, ", ""), problem);
  EXPECT_EQ(Check("string etag = 3", "string tag = 3"),
            absl::StrCat(kRename, "changes what exists without an etag"));
  EXPECT_EQ(Check("string etag = 2", "string tag = 2"),
            "vsv.sample.v1.Thing: can be changed but has no etag");
}

TEST_F(ContractRulesTest, ReportAListWithoutPages) {
  EXPECT_EQ(Check("next_page_token", "next_page"),
            "vsv.sample.v1.SampleService.ListThings: is a list without pages");
}

TEST_F(ContractRulesTest, ReportErrorsThatAreNotDescribed) {
  EXPECT_EQ(Check("// Renames.\n  // Errors:", "// Renames.\n  // Fails:"),
            absl::StrCat(kRename, "does not list its errors"));
  EXPECT_THAT(Check("- NOT_FOUND THING_NOT_FOUND: check", "- NOT_FOUND THING_LOST: check"),
              HasSubstr("THING_LOST is no declared reason"));
  EXPECT_THAT(Check("- NOT_FOUND THING_NOT_FOUND: check", "- MISSING THING_NOT_FOUND: check"),
              HasSubstr("does not begin with a code"));
  EXPECT_THAT(Check("- NOT_FOUND THING_NOT_FOUND: check", "- NOT_FOUND: check"),
              HasSubstr("names no reason"));
  EXPECT_THAT(Check("- NOT_FOUND THING_NOT_FOUND: check", "- NOT_FOUND THING_NOT_FOUND"),
              HasSubstr("does not say what to do"));
}

TEST_F(ContractRulesTest, ReportAReasonWithoutItsExample) {
  constexpr char kValue[] = "vsv.sample.v1.ERROR_REASON_THING_NOT_FOUND: ";
  EXPECT_EQ(Check("\"metadata\": {}}", "\"metadata\": {}"), absl::StrCat(kValue, "has no example"));
  EXPECT_EQ(Check("\"THING_NOT_FOUND\"", "\"THING_LOST\""),
            absl::StrCat(kValue, "its example has another reason"));
  EXPECT_EQ(Check("\"vsv-regie\"", "\"elsewhere\""),
            absl::StrCat(kValue, "its example has another domain"));
}

TEST(WithoutDeviations, TakesOutWhatIsWrittenDownAndNothingElse) {
  constexpr char kReadme[] =
      "| element | problem | why |\n| `vsv.a.B` | has no etag | it never changes |\n";
  const Findings findings = {
      {"vsv.a.B", "has no etag"}, {"vsv.a.B", "is late"}, {"vsv.a.C", "has no etag"}};
  EXPECT_EQ(Report(WithoutDeviations(findings, kReadme)), "vsv.a.B: is late\nvsv.a.C: has no etag");
  EXPECT_EQ(Report(WithoutDeviations({}, kReadme)), "vsv.a.B: no longer deviates: has no etag");
}

}  // namespace
}  // namespace vsv::contract

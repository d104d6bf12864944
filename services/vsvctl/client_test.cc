#include "services/vsvctl/client.h"

#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/testing/status_matchers.h"
#include "libs/testing/test_pki.h"
#include "services/vsvctl/failure.h"
#include "services/vsvctl/stream_commands.h"

#include "google/protobuf/struct.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"

#include "gmock/gmock.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace vsv::vsvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using vsv::testing::IsOk;
using vsv::testing::StatusIs;

class Certificates : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(place_); }

  void TearDown() override { std::filesystem::remove_all(home_); }

  void Write(const std::string& name, const std::string& text = "") {
    std::ofstream(place_ / name) << text;
  }

  // Of "me", by whom nobody can be reached.
  Options OfMe() {
    const vsv::testing::TestPki pki;
    const vsv::testing::KeyPair pair = pki.IssueOrganisation("00000003012345670000");
    Write("me.crt", pair.certificate);
    Write("me.key", pair.key);
    std::ofstream(home_ / "pki" / "ca.crt") << pki.root();
    Options options;
    options.home = home_;
    options.as = "me";
    options.addresses = {{"partners", "127.0.0.1:1"}};
    options.timeout = absl::Seconds(5);
    return options;
  }

  const std::filesystem::path home_ =
      std::filesystem::path(::testing::TempDir()) / "vsvctl_client_test";
  const std::filesystem::path place_ = home_ / "pki" / "organisations";
};

TEST_F(Certificates, BelongToWhoseWholeIdFollowsTheOin) {
  Write("00000001001234567000-gemeente-utrecht.crt");
  Write("00000001001234567000.crt");
  EXPECT_THAT(CertificateStemOf(home_, "utrecht"), StatusIs(absl::StatusCode::kNotFound));
  Write("00000003012345670000-utrecht.crt");
  Write("00000003012345670000-utrecht.key");
  EXPECT_EQ(*CertificateStemOf(home_, "utrecht"), "00000003012345670000-utrecht");
  EXPECT_EQ(*CertificateStemOf(home_, "gemeente-utrecht"), "00000001001234567000-gemeente-utrecht");
}

TEST_F(Certificates, OfOneNameAreNotChosenFrom) {
  Write("00000003012345670000-utrecht.crt");
  Write("00000003099999990000-utrecht.crt");
  const auto stem = CertificateStemOf(home_, "utrecht");
  EXPECT_THAT(stem, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(stem.status().message()),
              HasSubstr("00000003012345670000-utrecht, 00000003099999990000-utrecht"));
}

// Nobody listens: whether a request arrived is not known, and its id is told.
TEST_F(Certificates, AChangeThatIsNotAnsweredIsToldWithItsRequestId) {
  const Options options = OfMe();
  GrpcClient client(options);
  partners::v1::CreateOrganisationRequest change;
  const std::string told = Explain(client.Call("CreateOrganisation", change).status());
  EXPECT_THAT(told, HasSubstr(change.request_id()));
  EXPECT_THAT(told, HasSubstr("-> the change may have been made"));
  partners::v1::GetOrganisationRequest look;
  EXPECT_THAT(Explain(client.Call("GetOrganisation", look).status()), Not(HasSubstr("request")));
}

TEST_F(Certificates, HealthIsToldAsATableOrAsJson) {
  Options options = OfMe();
  std::ostringstream table;
  GrpcClient client(options);
  EXPECT_THAT(ShowHealth(client, {client, options, table, table}),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(table.str(), HasSubstr("SERVICE"));
  EXPECT_THAT(table.str(), HasSubstr("UNREACHABLE"));
  options.output = Output::kJson;
  std::ostringstream json;
  EXPECT_THAT(ShowHealth(client, {client, options, json, json}),
              StatusIs(absl::StatusCode::kUnavailable));
  google::protobuf::Struct row;
  ASSERT_THAT(rpc::ParseJson(json.str(), row), IsOk());
  EXPECT_EQ(row.fields().at("service").string_value(), "partners");
  EXPECT_THAT(row.fields().at("health").string_value(), HasSubstr("UNREACHABLE"));
}

TEST(WithRequestId, IsToldOfWhatMayHaveBeenDoneAlone) {
  const auto told = [](const absl::Status& status) {
    return Explain(WithRequestId(status, "7d3f"));
  };
  EXPECT_THAT(told(errors::OutcomeUnknown()), HasSubstr("OUTCOME_UNKNOWN"));
  EXPECT_THAT(told(errors::OutcomeUnknown()), HasSubstr("request_id = 7d3f"));
  EXPECT_THAT(told(absl::DeadlineExceededError("late")), HasSubstr("request_id = 7d3f"));
  EXPECT_THAT(told(errors::RoleRequired("not yours")), Not(HasSubstr("request_id")));
}

}  // namespace
}  // namespace vsv::vsvctl

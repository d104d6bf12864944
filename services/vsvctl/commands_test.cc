#include "services/vsvctl/commands.h"

#include "libs/aip/request_id.h"
#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/testing/status_matchers.h"
#include "services/vsvctl/failure.h"
#include "services/vsvctl/help.h"

#include "vsv/partners/v1/authorisation_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"
#include "vsv/programs/v1/line_status.pb.h"

#include "gmock/gmock.h"

#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace vsv::vsvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;
using vsv::testing::IsOk;
using vsv::testing::StatusIs;

// Answers with what a test prepared and remembers what was asked.
class FakeClient : public Client {
 public:
  absl::StatusOr<MessagePtr> Call(absl::string_view method,
                                  google::protobuf::Message& request) override {
    return CallAs("", method, request);
  }

  absl::StatusOr<MessagePtr> CallAs(const std::string& organisation, absl::string_view method,
                                    google::protobuf::Message& request) override {
    asked.push_back(absl::StrCat(organisation, organisation.empty() ? "" : ": ", method, " ",
                                 rpc::ToJson(request, false)));
    if (answers.empty()) return absl::UnimplementedError("no answer");
    auto answer = std::move(answers.front());
    answers.erase(answers.begin());
    return answer;
  }

  std::vector<std::string> asked;
  std::vector<absl::StatusOr<MessagePtr>> answers;
};

class Commands : public ::testing::Test {
 protected:
  absl::Status Run(const std::vector<std::string>& words) {
    return RunCommand(words, {client_, options_, out_, notes_});
  }

  template <typename T>
  void Answer(T message) {
    client_.answers.emplace_back(std::make_unique<T>(std::move(message)));
  }

  FakeClient client_;
  Options options_;
  std::ostringstream out_;
  std::ostringstream notes_;
};

TEST_F(Commands, ListEveryPage) {
  partners::v1::ListOrganisationsResponse page;
  page.add_organisations()->set_name("organisations/een");
  page.set_next_page_token("verder");
  Answer(page);
  page.mutable_organisations(0)->set_name("organisations/twee");
  page.clear_next_page_token();
  Answer(page);
  ASSERT_THAT(Run({"partners", "list"}), IsOk());
  EXPECT_THAT(out_.str(), HasSubstr("organisations/een"));
  EXPECT_THAT(out_.str(), HasSubstr("organisations/twee"));
  EXPECT_THAT(client_.asked[1], HasSubstr("verder"));
}

TEST_F(Commands, StopAListAtTheLimitAndSaySo) {
  partners::v1::ListOrganisationsResponse page;
  page.add_organisations()->set_name("organisations/een");
  page.set_next_page_token("verder");
  Answer(page);
  options_.limit = 1;
  ASSERT_THAT(Run({"partners", "list"}), IsOk());
  EXPECT_EQ(client_.asked.size(), 1U);
  EXPECT_THAT(notes_.str(), HasSubstr("--limit"));
}

TEST_F(Commands, ShowALineByItsOverdueItems) {
  programs::v1::LineStatus status;
  status.set_title("3 Versterken aansluiting vo-mbo");
  auto* item = status.add_overdue();
  item->set_kind(programs::v1::OVERDUE_KIND_MILESTONE);
  item->set_owner("organisations/roc-midden-nederland");
  item->set_title("Monitor: verklaring");
  item->set_count(1);
  auto* source = status.add_sources();
  source->set_source("outcomes");
  source->set_state(programs::v1::SOURCE_STATE_UNAVAILABLE);
  Answer(status);
  options_.on = "2024-10-01";
  ASSERT_THAT(Run({"programs", "status", "regions/16/programs/a1/lines/3"}), IsOk());
  EXPECT_THAT(client_.asked[0], HasSubstr("\"year\":2024"));
  EXPECT_THAT(out_.str(), HasSubstr("roc-midden-nederland"));
  EXPECT_THAT(out_.str(), HasSubstr("Monitor: verklaring"));
  EXPECT_THAT(out_.str(), HasSubstr("UNAVAILABLE"));
}

TEST_F(Commands, SayWhatIsMissing) {
  EXPECT_THAT(Run({"programs", "status"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(Run({"programs", "status"}).message()), HasSubstr("LINE"));
  EXPECT_THAT(std::string(Run({"programs", "stattus"}).message()), HasSubstr("help"));
  EXPECT_THAT(Run({"partners", "list", "all"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Run({}), StatusIs(absl::StatusCode::kInvalidArgument));
  options_.on = "1 oktober";
  EXPECT_THAT(std::string(Run({"programs", "status", "x"}).message()), HasSubstr("--on"));
}

TEST_F(Commands, CallAnyMethodByItsName) {
  Answer(partners::v1::Organisation());
  ASSERT_THAT(Run({"call", "GetOrganisation", R"({"name": "organisations/een"})"}), IsOk());
  EXPECT_THAT(client_.asked, ElementsAre("vsv.partners.v1.PartnersService.GetOrganisation "
                                         "{\"name\":\"organisations/een\"}"));
  EXPECT_THAT(Run({"call", "GetNothing"}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Run({"call", "GetOrganisation", "{\"nme\": 1}"}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

class ApplyFile : public Commands {
 protected:
  void SetUp() override {
    options_.file = ::testing::TempDir() + "/vsvctl_apply_test.json";
    std::ofstream(options_.file)
        << R"([{"method": "GetOrganisation", "request": {"name": "organisations/een"}},
               {"service": "vsv.partners.v1.PartnersService", "method": "GetOrganisation",
                "as": "organisations/roc", "request": {"name": "organisations/twee"}}])";
  }

  void TearDown() override { std::remove(options_.file.c_str()); }
};

TEST_F(ApplyFile, SendsInOrderAsTheFileSays) {
  Answer(partners::v1::Organisation());
  client_.answers.emplace_back(absl::AlreadyExistsError("there"));
  ASSERT_THAT(Run({"apply"}), IsOk());
  EXPECT_THAT(client_.asked[0], Not(HasSubstr("roc:")));
  EXPECT_THAT(client_.asked[1], HasSubstr("roc: vsv.partners.v1.PartnersService.GetOrganisation"));
  EXPECT_THAT(out_.str(), HasSubstr("1 requests taken, 1 were there already"));
}

// What the services keep of a request, they find again by its id: the second run repeats the first.
TEST_F(ApplyFile, AsksTheSameWithTheSameRequestIdsWhenItIsSentAgain) {
  std::ofstream(options_.file)
      << R"([{"method": "CreateOrganisation", "as": "een", "request": {"organisationId": "x"}},
             {"method": "CreateOrganisation", "as": "een", "request": {"organisationId": "x"}},
             {"method": "CreateOrganisation", "as": "twee", "request": {"organisationId": "x"}},
             {"method": "CreateOrganisation", "as": "een", "request": {"organisationId": "y"}},
             {"method": "CreateOrganisation", "request": {"requestId": "its own"}}])";
  for (int i = 0; i < 10; ++i) Answer(partners::v1::Organisation());
  ASSERT_THAT(Run({"apply"}), IsOk());
  ASSERT_THAT(Run({"apply"}), IsOk());
  const std::vector<std::string>& asked = client_.asked;
  ASSERT_EQ(asked.size(), 10U);
  EXPECT_THAT(std::vector(asked.begin() + 5, asked.end()),
              ElementsAreArray(asked.begin(), asked.begin() + 5));
  std::set<std::string> ids;
  for (size_t i = 0; i < 4; ++i) {
    partners::v1::CreateOrganisationRequest request;
    ASSERT_THAT(rpc::ParseJson(asked[i].substr(asked[i].find('{')), request), IsOk());
    EXPECT_THAT(aip::CanonicalRequestId(request.request_id()), IsOk());
    ids.insert(request.request_id());
  }
  EXPECT_EQ(ids.size(), 4U) << "who says the same twice means it twice";
  EXPECT_THAT(asked[4], HasSubstr("its own"));
}

TEST_F(ApplyFile, SaysWhatAnEntryMayNotHave) {
  for (const char* entry :
       {R"({"method": "GetOrganisation", "requests": {}})", R"("GetOrganisation")",
        R"({"request": {"name": "organisations/een"}})",
        R"({"method": "GetOrganisation", "request": {"nme": "organisations/een"}})"}) {
    std::ofstream(options_.file) << R"([{"method": "GetOrganisation"}, )" << entry << "]";
    EXPECT_THAT(Run({"apply"}), StatusIs(absl::StatusCode::kInvalidArgument)) << entry;
    EXPECT_THAT(notes_.str(), HasSubstr("request 2 of 2"));
  }
  EXPECT_EQ(client_.asked.size(), 0U) << "nor what was before it";
}

class ApplyCredential : public ApplyFile {
 protected:
  void SetUp() override {
    ApplyFile::SetUp();
    std::ofstream(options_.file) << R"([{"method": "CreateCredential", "as": "keeper", "request":
        {"parent": "organisations/roc", "credential": {"thumbprint": "ab"}}}])";
    client_.answers.emplace_back(errors::AlreadyExists("CREDENTIAL", "registered already"));
  }
};

TEST_F(ApplyCredential, IsThereWhenTheOrganisationHasItInForce) {
  partners::v1::ListCredentialsResponse page;
  page.add_credentials();
  Answer(page);
  ASSERT_THAT(Run({"apply"}), IsOk());
  EXPECT_THAT(out_.str(), HasSubstr("1 were there already"));
  ASSERT_EQ(client_.asked.size(), 2U);
  EXPECT_THAT(client_.asked[0], Not(HasSubstr("request_id"))) << "a repeat would not be judged";
  EXPECT_THAT(client_.asked[1], HasSubstr("keeper: ListCredentials"));
  EXPECT_THAT(client_.asked[1], HasSubstr("organisations/roc"));
}

TEST_F(ApplyCredential, OfAnotherOrRevokedIsNotThere) {
  Answer(partners::v1::ListCredentialsResponse());
  const absl::Status status = Run({"apply"});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(std::string(status.message()), HasSubstr("organisations/roc"));
}

TEST_F(ApplyFile, DoesNotTakeANumberOfAnotherForWhatIsThere) {
  client_.answers.emplace_back(errors::AlreadyExists("IDENTIFIER", "another has it"));
  EXPECT_THAT(Run({"apply"}), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(notes_.str(), HasSubstr("request 1 of 2"));
}

TEST_F(ApplyFile, StopsAtTheFirstRefusalAndNamesIt) {
  client_.answers.emplace_back(errors::RoleRequired("not yours"));
  EXPECT_THAT(Run({"apply"}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(client_.asked.size(), 1U);
  EXPECT_THAT(notes_.str(), HasSubstr("request 1 of 2"));
}

TEST_F(ApplyFile, CanSendEverythingAsTheCaller) {
  options_.ignore_as = true;
  Answer(partners::v1::Organisation());
  Answer(partners::v1::Organisation());
  ASSERT_THAT(Run({"apply"}), IsOk());
  EXPECT_THAT(client_.asked[1], Not(HasSubstr("roc:")));
}

TEST_F(Commands, CreateCredentialSaysWhatItNeeds) {
  EXPECT_THAT(std::string(Run({"partners", "create-credential"}).message()),
              HasSubstr("--certificate"));
  options_.certificate = "/nowhere.crt";
  EXPECT_THAT(Run({"partners", "create-credential"}), StatusIs(absl::StatusCode::kNotFound));
}

TEST(Explain, GivesReasonViolationsAndRemedy) {
  const std::string text =
      Explain(errors::FieldInvalid("program.title", "must have 1 to 200 characters"));
  EXPECT_THAT(text, HasSubstr("FIELD_INVALID"));
  EXPECT_THAT(text, HasSubstr("program.title: must have"));
  EXPECT_THAT(text, HasSubstr("-> mend"));
  EXPECT_THAT(Explain(absl::UnavailableError("connection refused")), HasSubstr("./run status"));
}

// For scripts: who is refused by a service wrote a command line that was understood.
TEST(ExitCodeOf, TellsRefusedFromNotUnderstood) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(errors::FieldInvalid("program.title", "must have 1 to 200 characters")), 1);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("connection refused")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("there is no command")), 2);
}

TEST(Help, IsThereInBothLanguages) {
  for (const char* command : {"partners list", "programs status", "dossiers watch",
                              "outcomes figures", "apply -f", "create-credential"}) {
    EXPECT_THAT(std::string(HelpText("")), HasSubstr(command));
    EXPECT_THAT(std::string(HelpText("nl")), HasSubstr(command));
  }
}

}  // namespace
}  // namespace vsv::vsvctl

// ImportDossiers on the fake store, through a real server and a real stub.
#include "libs/rpc/status_bridge.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/testing/api_world.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::ApiWorld;
using ::testing::StartsWith;
using ::vsv::testing::HasReason;

class Import : public ::testing::Test {
 protected:
  Import() { Open("school"); }

  void Open(const std::string& organisation) {
    context_ = vsv::testing::InProcessServer::As(organisation, "transition");
    stub_ = v1::ImportService::NewStub(world_.channel());
    stream_ = stub_->ImportDossiers(context_.get());
  }

  static v1::ImportDossiersRequest Message(const std::vector<v1::CreateDossierRequest>& requests) {
    v1::ImportDossiersRequest message;
    message.set_parent("regions/16");
    for (const v1::CreateDossierRequest& request : requests) *message.add_requests() = request;
    return message;
  }

  v1::ImportDossiersResponse Send(const std::vector<v1::CreateDossierRequest>& requests) {
    v1::ImportDossiersResponse reply;
    EXPECT_TRUE(stream_->Write(Message(requests)));
    EXPECT_TRUE(stream_->Read(&reply));
    EXPECT_EQ(reply.verdicts_size(), static_cast<int>(requests.size()));
    return reply;
  }

  absl::Status Finish() {
    stream_->WritesDone();
    return rpc::FromGrpc(stream_->Finish());
  }

  absl::Status RefusalOf(const v1::ImportDossiersRequest& message) {
    stream_->Write(message);
    return Finish();
  }

  ApiWorld world_;
  std::unique_ptr<v1::ImportService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportDossiersRequest, v1::ImportDossiersResponse>>
      stream_;
};

TEST_F(Import, GivesEachRequestTheNameOfItsDossierOrItsOwnRefusal) {
  v1::CreateDossierRequest incomplete = world_.CreateRequest("999900018");
  incomplete.mutable_dossier()->clear_administrative();
  const v1::ImportDossiersResponse first =
      Send({world_.CreateRequest("999900006"), world_.CreateRequest("999900006"), incomplete});
  EXPECT_THAT(first.verdicts(0).dossier(), StartsWith("regions/16/dossiers/"));
  EXPECT_EQ(first.verdicts(1).error().code(), static_cast<int>(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(first.verdicts(2).error().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  const v1::ImportDossiersResponse second = Send({world_.CreateRequest("999900018")});
  VSV_ASSERT_OK(Finish());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier made,
                           world_.Get("school", second.verdicts(0).dossier()));
  EXPECT_EQ(made.pgn(), "999900018");
}

TEST_F(Import, SentAgainInOtherPortionsMakesNothingTwice) {
  const std::vector<v1::CreateDossierRequest> all = {world_.CreateRequest("999900006"),
                                                     world_.CreateRequest("999900018"),
                                                     world_.CreateRequest("999900031")};
  const v1::ImportDossiersResponse first = Send({all[0], all[1]});
  context_->TryCancel();
  stream_->Finish();
  Open("school");
  const v1::ImportDossiersResponse again = Send({all[2], all[1]});
  EXPECT_EQ(again.verdicts(1).dossier(), first.verdicts(1).dossier());
  EXPECT_EQ(Send({all[0]}).verdicts(0).dossier(), first.verdicts(0).dossier());
  v1::CreateDossierRequest other = all[0];
  other.mutable_dossier()->set_late_entrant(true);
  EXPECT_EQ(Send({other}).verdicts(0).error().code(),
            static_cast<int>(absl::StatusCode::kFailedPrecondition));
  VSV_EXPECT_OK(Finish());
}

TEST_F(Import, NamesNothingThatWasOnlyValidated) {
  v1::CreateDossierRequest request = world_.CreateRequest();
  request.set_validate_only(true);
  const v1::ImportDossiersResponse reply = Send({request});
  EXPECT_TRUE(reply.verdicts(0).has_dossier());
  EXPECT_EQ(reply.verdicts(0).dossier(), "");
  VSV_EXPECT_OK(Finish());
}

TEST_F(Import, RefusesAMessageWithMoreThanItsMeasureOrOfSeveralRegions) {
  const std::vector<v1::CreateDossierRequest> many(201, world_.CreateRequest());
  EXPECT_THAT(RefusalOf(Message(many)), HasReason("FIELD_INVALID"));
  Open("school");
  v1::ImportDossiersRequest message = Message({world_.CreateRequest()});
  message.set_parent("regions/19");
  const absl::Status status = RefusalOf(message);
  EXPECT_THAT(status, HasReason("FIELD_INVALID"));
  EXPECT_EQ(errors::DetailOf(status)->violations.at(0).field, "requests[0].parent");
  Open("school");
  EXPECT_THAT(RefusalOf(v1::ImportDossiersRequest()), HasReason("FIELD_INVALID"));
}

TEST_F(Import, IsNotForWhoGuidesNobody) {
  Open("town");
  EXPECT_THAT(Finish(), HasReason("ROLE_REQUIRED"));
  Open("school");
  VSV_EXPECT_OK(Finish());
}

}  // namespace
}  // namespace vsv::dossiers

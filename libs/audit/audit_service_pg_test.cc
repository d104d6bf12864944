#include "libs/audit/audit_service.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/in_process_server.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace vsv::audit {
namespace {

using testing::InProcessServer;
using vsv::testing::HasReason;

constexpr char kController[] = "00000001000000001000";
constexpr char kStranger[] = "00000001000000002000";
const char kSubject[] = "regions/16/dossiers/018f0000-0000-7000-8000-00000000000a";
const char kSubjectId[] = "018f0000-0000-7000-8000-00000000000a";

// The controller accounts for everything that is named like a dossier; nobody else for anything.
class FakeJudge : public SubjectJudge {
 public:
  absl::StatusOr<JudgedSubject> Judge(pg::Transaction&, const rpc::CallContext& call,
                                      absl::string_view subject) override {
    if (!absl::ConsumePrefix(&subject, "regions/16/dossiers/")) {
      return errors::FieldInvalid("subject", "expected regions/{region}/dossiers/{dossier}");
    }
    return JudgedSubject{"16", std::string(subject), "DOSSIER",
                         call.caller.organisation_id == "o-controller"};
  }
};

class ListAuditEntries : public ::testing::Test {
 protected:
  ListAuditEntries() {
    callers_.Set(kController,
                 {.organisation_id = "o-controller", .roles = {policy::v1::ROLE_SCHOOL}});
    callers_.Set(kStranger, {.organisation_id = "o-stranger", .roles = {policy::v1::ROLE_MBO}});
    server_.Start({&service_});
    stub_ = server_.Stub<v1::AuditService>();
  }

  void Write(int count) {
    Entry entry;
    entry.region = "16";
    entry.recorded_at = absl::FromUnixSeconds(1'780'000'000);
    entry.method = "/vsv.dossiers.v1.DossierService/GetDossier";
    entry.resource_kind = "DOSSIER";
    entry.organisation_id = entry.acting_organisation_id = "roc-midden-nederland";
    entry.purpose = "TRANSITION";
    entry.processing_activity = "doorstroomdossier-vo-mbo";
    entry.categories = {"CAREER"};
    entry.trace_id = "0af7651916cd43dd8448eb211c80319c";
    entry.subject_ids = {kSubjectId};
    VSV_ASSERT_OK(pg::RunInTransaction(
        database_->app(), pg::Mode::kReadWrite, absl::Now() + absl::Seconds(20), {},
        [&](pg::Transaction& tx) {
          return Append(tx, std::vector<Entry>(static_cast<size_t>(count), entry));
        }));
  }

  absl::StatusOr<v1::ListAuditEntriesResponse> List(const char* oin,
                                                    const v1::ListAuditEntriesRequest& request,
                                                    const std::string& purpose = "audit") {
    v1::ListAuditEntriesResponse response;
    const auto context = InProcessServer::As(oin, purpose);
    VSV_RETURN_IF_ERROR(rpc::FromGrpc(stub_->ListAuditEntries(context.get(), request, &response)));
    return response;
  }

  static v1::ListAuditEntriesRequest Request(int page_size = 0) {
    v1::ListAuditEntriesRequest request;
    request.set_subject(kSubject);
    request.set_page_size(page_size);
    return request;
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty(
      "audittest", {"libs/audit/migrations/audit.sql", "libs/audit/migrations/seal.sql"});
  testing::FakeCallers callers_;
  base::SystemClock clock_;
  FakeJudge judge_;
  aip::PageTokens tokens_{"a key of at least thirty-two bytes"};
  InProcessServer server_{"dossiers", callers_, clock_};
  AuditService service_{server_.runtime(), database_->app(), judge_, tokens_,
                        "verantwoording-inzage"};
  std::unique_ptr<v1::AuditService::Stub> stub_;
};

TEST_F(ListAuditEntries, ShowsTheControllerWhoSawWhat) {
  Write(1);
  VSV_ASSERT_OK_AND_ASSIGN(const v1::ListAuditEntriesResponse response,
                           List(kController, Request()));
  ASSERT_EQ(response.audit_entries_size(), 1);
  const v1::AuditEntry& entry = response.audit_entries(0);
  EXPECT_TRUE(absl::StartsWith(entry.name(), "regions/16/auditEntries/"));
  EXPECT_EQ(entry.organisation(), "organisations/roc-midden-nederland");
  EXPECT_EQ(entry.purpose(), policy::v1::PURPOSE_TRANSITION);
  EXPECT_EQ(entry.data_categories(0), policy::v1::DATA_CATEGORY_CAREER);
  EXPECT_EQ(entry.outcome(), v1::AuditEntry::OUTCOME_GRANTED);
  EXPECT_EQ(entry.record_time().seconds(), 1'780'000'000);
  EXPECT_EQ(entry.processing_activity(), "doorstroomdossier-vo-mbo");
}

TEST_F(ListAuditEntries, IsItselfInTheTrailAndSoIsARefusedTry) {
  Write(1);
  VSV_ASSERT_OK(List(kController, Request()));
  EXPECT_THAT(List(kStranger, Request()), HasReason("SUBJECT_NOT_FOUND"));
  VSV_ASSERT_OK_AND_ASSIGN(const v1::ListAuditEntriesResponse response,
                           List(kController, Request()));
  ASSERT_EQ(response.audit_entries_size(), 3);
  EXPECT_EQ(response.audit_entries(0).outcome(), v1::AuditEntry::OUTCOME_NOT_FOUND);
  EXPECT_EQ(response.audit_entries(0).organisation(), "organisations/o-stranger");
  EXPECT_EQ(response.audit_entries(1).purpose(), policy::v1::PURPOSE_AUDIT);
  EXPECT_EQ(response.audit_entries(1).method(), "/vsv.audit.v1.AuditService/ListAuditEntries");
}

TEST_F(ListAuditEntries, GoesPageByPageToTheOldest) {
  Write(5);
  v1::ListAuditEntriesRequest request = Request(2);
  std::vector<std::string> names;
  for (int page = 0; page < 4; ++page) {
    VSV_ASSERT_OK_AND_ASSIGN(const v1::ListAuditEntriesResponse response,
                             List(kController, request));
    for (const v1::AuditEntry& entry : response.audit_entries()) names.push_back(entry.name());
    request.set_page_token(response.next_page_token());
    if (response.next_page_token().empty()) break;
  }
  EXPECT_EQ(names.size(), 5);
  EXPECT_TRUE(std::is_sorted(names.rbegin(), names.rend()));
}

TEST_F(ListAuditEntries, RefusesTheTokenOfAnotherQueryAndANameOfAnotherService) {
  Write(3);
  VSV_ASSERT_OK_AND_ASSIGN(const v1::ListAuditEntriesResponse response,
                           List(kController, Request(2)));
  v1::ListAuditEntriesRequest other = Request(2);
  other.set_subject("regions/16/dossiers/018f0000-0000-7000-8000-00000000000b");
  other.set_page_token(response.next_page_token());
  EXPECT_THAT(List(kController, other), HasReason("PAGE_TOKEN_INVALID"));
  v1::ListAuditEntriesRequest foreign;
  foreign.set_subject("organisations/o-controller");
  EXPECT_THAT(List(kController, foreign), HasReason("FIELD_INVALID"));
  EXPECT_THAT(List(kController, v1::ListAuditEntriesRequest()), HasReason("FIELD_INVALID"));
}

TEST_F(ListAuditEntries, IsForThePurposeOfAuditAlone) {
  EXPECT_FALSE(List(kController, Request(), "transition").ok());
  EXPECT_FALSE(List(kController, Request(), "").ok());
  EXPECT_FALSE(List("00000001000000009999", Request()).ok());
}

}  // namespace
}  // namespace vsv::audit

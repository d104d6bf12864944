// Every change is told: to the feed, and to those who steer the programme by the audit trail.
#include "libs/audit/audit_service.h"
#include "libs/base/status_macros.h"
#include "libs/feed/reader.h"
#include "libs/feed/sequencer.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/in_process_server.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"
#include "services/programs/storage/change_subject_judge.h"
#include "services/programs/storage/pg_resource_store.h"
#include "services/programs/testing/samples.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

using ::testing::ElementsAre;
using vsv::testing::HasReason;
using vsv::testing::InProcessServer;
using vsv::testing::IsOk;

constexpr char kContact[] = "contact municipality";
constexpr char kPartner[] = "partner";
constexpr char kProgram[] = "regions/16/programs/aanpak-vsv-2021";

absl::Time Soon() {
  return absl::Now() + absl::Seconds(20);
}

class Changes : public ::testing::Test {
 protected:
  Changes() {
    database_->Superuser(
        "INSERT INTO directory_programme_roles VALUES"
        " ('16', 'a', 'gemeente-amersfoort', 'CONTACT_MUNICIPALITY', '[2021-01-01,)', 1),"
        " ('16', 'b', 'gemeente-soest', 'PARTNER', '[2021-01-01,)', 1)");
    callers_.Set(kContact, {.organisation_id = "gemeente-amersfoort",
                            .roles = {policy::v1::ROLE_MUNICIPALITY}});
    callers_.Set(kPartner,
                 {.organisation_id = "gemeente-soest", .roles = {policy::v1::ROLE_MUNICIPALITY}});
    server_.Start({&service_});
  }

  absl::Status CreateProgram(int request, bool validate_only = false) {
    const CreateCommand<Program> command{SampleScope(request), SampleProgram(), validate_only};
    return programs_.Create({command}, Soon()).front().status();
  }

  absl::Status Rename(int request, int64_t expected_version) {
    UpdateCommand<Program> command;
    command.scope = SampleScope(request);
    command.name = kSampleProgram;
    command.expected_version = expected_version;
    command.change = [](Program program) -> absl::StatusOr<Program> {
      program.title = "Anders";
      return program;
    };
    return programs_.Update({command}, Soon()).front().status();
  }

  // What the feed holds of region 16, numbered as far as it goes: "position kind id version".
  std::vector<std::string> Feed() {
    feed::Sequencer sequencer(database_->worker(), {});
    EXPECT_THAT(sequencer.RunOnce(Soon()), IsOk());
    std::vector<std::string> lines;
    EXPECT_THAT(pg::RunInTransaction(database_->app(), pg::Mode::kReadOnly, Soon(), {},
                                     [&lines](pg::Transaction& tx) -> absl::Status {
                                       lines.clear();
                                       VSV_ASSIGN_OR_RETURN(const feed::FeedBatch batch,
                                                            feed::ReadFeed(tx, {{"16", 0}}, 100));
                                       for (const feed::FeedEntry& entry : batch.entries) {
                                         lines.push_back(absl::StrCat(
                                             entry.position, " ", entry.resource_kind, " ",
                                             entry.resource_id, " ", entry.version));
                                       }
                                       return absl::OkStatus();
                                     }),
                IsOk());
    return lines;
  }

  absl::StatusOr<audit::v1::ListAuditEntriesResponse> Trail(const char* caller,
                                                            const std::string& subject) {
    audit::v1::ListAuditEntriesRequest request;
    request.set_subject(subject);
    audit::v1::ListAuditEntriesResponse response;
    const auto context = InProcessServer::As(caller, "audit");
    VSV_RETURN_IF_ERROR(rpc::FromGrpc(server_.Stub<audit::v1::AuditService>()->ListAuditEntries(
        context.get(), request, &response)));
    return response;
  }

  std::unique_ptr<vsv::testing::PgDatabase> database_ =
      vsv::testing::PgDatabase::OfService("programs");
  PgResourceStore<Program> programs_{database_->app()};
  PgResourceStore<ProgramLine> lines_{database_->app()};
  vsv::testing::FakeCallers callers_;
  base::SystemClock clock_;
  ChangeSubjectJudge judge_;
  aip::PageTokens tokens_{"a key of at least thirty-two bytes"};
  InProcessServer server_{"programs", callers_, clock_};
  audit::AuditService service_{server_.runtime(), database_->app(), judge_, tokens_, "inzage"};
};

TEST_F(Changes, GetAPositionInTheFeedOfTheirRegionAndOnlyIfTheyHappened) {
  ASSERT_THAT(CreateProgram(1), IsOk());
  ASSERT_THAT(CreateProgram(1), IsOk());  // a repeat
  ASSERT_THAT(CreateProgram(2, /*validate_only=*/true), HasReason("PROGRAM_EXISTS"));
  ASSERT_THAT(
      lines_.Create({CreateCommand<ProgramLine>{SampleScope(3), SampleLine()}}, Soon()).front(),
      IsOk());
  ASSERT_THAT(Rename(4, /*expected_version=*/7), HasReason("ETAG_MISMATCH"));
  ASSERT_THAT(Rename(5, /*expected_version=*/1), IsOk());
  EXPECT_THAT(Feed(), ElementsAre(absl::StrCat("1 PROGRAM ", kProgram, " 1"),
                                  absl::StrCat("2 LINE ", kProgram, "/lines/3 1"),
                                  absl::StrCat("3 PROGRAM ", kProgram, " 2")));
}

TEST_F(Changes, LeaveNoTraceWhenOnlyValidated) {
  ASSERT_THAT(CreateProgram(1, /*validate_only=*/true), IsOk());
  EXPECT_THAT(Feed(), ElementsAre());
  EXPECT_THAT(database_->Superuser("SELECT count(*) FROM audit_entries"), ElementsAre("0"));
}

TEST_F(Changes, AreReadInTheTrailByThoseWhoSteerTheProgramme) {
  ASSERT_THAT(CreateProgram(1), IsOk());
  ASSERT_THAT(Rename(2, 1), IsOk());
  const auto trail = Trail(kContact, kProgram);
  ASSERT_THAT(trail, IsOk());
  ASSERT_EQ(trail->audit_entries_size(), 2);
  const audit::v1::AuditEntry& entry = trail->audit_entries(0);
  EXPECT_EQ(entry.organisation(), "organisations/gemeente-amersfoort");
  EXPECT_EQ(entry.resource_kind(), "PROGRAM");
  EXPECT_EQ(entry.purpose(), policy::v1::PURPOSE_PROGRAMME_MANAGEMENT);
  EXPECT_EQ(entry.processing_activity(), "programmasturing");
}

TEST_F(Changes, AreNobodyElsesToRead) {
  ASSERT_THAT(CreateProgram(1), IsOk());
  EXPECT_THAT(Trail(kPartner, kProgram), HasReason("SUBJECT_NOT_FOUND"));
  EXPECT_THAT(Trail(kContact, absl::StrCat(kProgram, "/lines/99")), HasReason("SUBJECT_NOT_FOUND"));
  EXPECT_THAT(Trail(kContact, "regions/16/dossiers/x"), HasReason("FIELD_INVALID"));
  // The refused try is in the trail of the program.
  const auto trail = Trail(kContact, kProgram);
  ASSERT_THAT(trail, IsOk());
  ASSERT_EQ(trail->audit_entries_size(), 2);
  EXPECT_EQ(trail->audit_entries(0).outcome(), audit::v1::AuditEntry::OUTCOME_NOT_FOUND);
  EXPECT_EQ(trail->audit_entries(0).organisation(), "organisations/gemeente-soest");
}

}  // namespace
}  // namespace vsv::programs

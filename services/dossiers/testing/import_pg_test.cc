// An import from end to end but for TLS: server, stream, handler, store and PostgreSQL.
#include "libs/base/local_date.h"
#include "libs/base/pgn.h"
#include "libs/base/school_year.h"
#include "libs/base/uuid.h"
#include "libs/testing/in_process_server.h"
#include "services/dossiers/api/import_service.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;

constexpr int kPupils = 1200;

std::vector<std::string> Pgns() {
  std::vector<std::string> pgns;
  for (int number = 200'000'000; pgns.size() < kPupils; ++number) {
    if (base::Pgn::Parse(absl::StrCat(number)).has_value()) pgns.push_back(absl::StrCat(number));
  }
  return pgns;
}

class ImportOverBreaks : public ::testing::Test {
 protected:
  ImportOverBreaks() : server_("dossiers", callers_, clock_) {
    rpc::Caller school;
    school.organisation_id = "school";
    school.roles = {policy::v1::ROLE_SCHOOL};
    callers_.Set("school", school);
    server_.Start({&service_});
    for (const std::string& pgn : Pgns()) AddRequest(pgn);
  }

  ~ImportOverBreaks() override { server_.Stop(); }

  void AddRequest(const std::string& pgn) {
    const absl::CivilDay today = base::LocalDay(clock_.Now());
    v1::CreateDossierRequest request;
    request.set_parent("regions/16");
    request.set_request_id(base::NewUuidV7(clock_));
    v1::Dossier& dossier = *request.mutable_dossier();
    dossier.set_origin(v1::ORIGIN_VO_SCHOOL);
    dossier.set_school_year(base::SchoolYear::Of(today).ToString());
    dossier.mutable_due_date()->set_year(static_cast<int>(today.year()) + 1);
    dossier.mutable_due_date()->set_month(1);
    dossier.mutable_due_date()->set_day(1);
    dossier.set_pgn(pgn);
    dossier.mutable_administrative()->set_family_name("Testman");
    google::type::Date& birth = *dossier.mutable_administrative()->mutable_birth_date();
    birth.set_year(static_cast<int>(today.year()) - 16);
    birth.set_month(2);
    birth.set_day(3);
    missing_.emplace(request.request_id(), request);
  }

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

  // Up to 40 of those without a name.
  v1::ImportDossiersRequest Portion(std::vector<std::string>& ids) {
    v1::ImportDossiersRequest message;
    message.set_parent("regions/16");
    const int size = 1 + Below(40);
    auto next = missing_.lower_bound(ids.empty() ? "" : ids.back() + "~");
    for (; next != missing_.end() && message.requests_size() < size; ++next) {
      *message.add_requests() = next->second;
      ids.push_back(next->first);
    }
    return message;
  }

  // Notes the names; what may be sent again is left missing.
  void Note(const std::vector<std::string>& ids, const v1::ImportDossiersResponse& reply) {
    ASSERT_EQ(reply.verdicts_size(), static_cast<int>(ids.size()));
    for (int i = 0; i < reply.verdicts_size(); ++i) {
      const v1::ImportDossierVerdict& verdict = reply.verdicts(i);
      if (verdict.has_dossier()) {
        names_[ids[static_cast<size_t>(i)]] = verdict.dossier();
        missing_.erase(ids[static_cast<size_t>(i)]);
      } else {
        const int code = verdict.error().code();
        EXPECT_TRUE(code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::UNKNOWN)
            << verdict.error().ShortDebugString();
        ++struck_;
      }
    }
  }

  // One stream: some messages, and perhaps it breaks.
  void Stream() {
    const auto context = vsv::testing::InProcessServer::As("school", "transition");
    const auto stub = server_.Stub<v1::ImportService>();
    const auto stream = stub->ImportDossiers(context.get());
    const int messages = 1 + Below(4);
    std::string last;
    for (int i = 0; i < messages; ++i) {
      std::vector<std::string> ids;
      if (!last.empty()) ids.push_back(last);
      const size_t skipped = ids.size();
      const v1::ImportDossiersRequest message = Portion(ids);
      ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(skipped));
      if (message.requests().empty()) break;
      last = ids.back();
      if (!stream->Write(message)) break;
      if (Below(4) == 0) {  // its answer, if there is one, is lost
        context->TryCancel();
        break;
      }
      v1::ImportDossiersResponse reply;
      if (!stream->Read(&reply)) break;
      Note(ids, reply);
    }
    stream->WritesDone();
    stream->Finish();
  }

  // Every connection of the service is lost now and then, for about two seconds.
  void LoseConnections() {
    Sql(R"(DO $$
      BEGIN
        FOR i IN 1..100 LOOP
          PERFORM pg_sleep(random() * 0.04), pg_stat_clear_snapshot();
          PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE usename = 'vsv_dossiers_app' AND datname = current_database();
        END LOOP;
      END $$; SELECT 1)");
  }

  std::vector<std::string> Sql(const std::string& sql) { return world_.db().Superuser(sql); }

  std::mt19937 random_{1};
  base::SystemClock clock_;
  TestWorld world_;
  vsv::testing::FakeCallers callers_;
  vsv::testing::InProcessServer server_;
  const aip::PageTokens tokens_{"a key of at least thirty-two bytes"};
  DossierHandlers handlers_{world_.store(), tokens_, clock_};
  ImportService service_{server_.runtime(), handlers_};
  std::map<std::string, v1::CreateDossierRequest> missing_;  // without a name yet, by request id
  std::map<std::string, std::string> names_;
  int struck_ = 0;
};

TEST_F(ImportOverBreaks, MakesEachDossierOnceWithAllThatGoesWithIt) {
  std::thread loser([this] { LoseConnections(); });
  for (int streams = 0; !missing_.empty() && streams < 2000; ++streams) Stream();
  loser.join();
  EXPECT_EQ(missing_.size(), 0U);
  server_.Stop();
  EXPECT_GT(struck_, 0) << "no message was struck: the test shows nothing";
  const std::string all = absl::StrCat(kPupils);
  EXPECT_THAT(Sql("SELECT count(*), count(DISTINCT pupil_id) FROM dossiers"),
              ElementsAre(all + "|" + all));
  EXPECT_THAT(Sql("SELECT count(*) FROM request_records r JOIN dossiers d ON d.id::text = "
                  "r.reference"),
              ElementsAre(all));
  EXPECT_THAT(Sql("SELECT count(*) FROM feed_outbox WHERE resource_kind = 'dossier'"),
              ElementsAre(all));
  EXPECT_THAT(Sql("SELECT sum(delta) FROM process_counts WHERE process = 'TRANSITION'"),
              ElementsAre(all));
  EXPECT_THAT(Sql("SELECT count(DISTINCT subject_hash) FROM audit_entry_subjects"),
              ElementsAre(all));
  std::vector<std::string> told;
  for (const auto& [id, name] : names_) told.push_back(id + "=" + name);
  EXPECT_EQ(Sql("SELECT request_id || '=regions/16/dossiers/' || reference FROM request_records "
                "ORDER BY request_id"),
            told);
}

}  // namespace
}  // namespace vsv::dossiers

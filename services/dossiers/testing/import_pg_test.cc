// An import from end to end but for TLS: server, stream, handler, store and PostgreSQL.
#include "libs/base/local_date.h"
#include "libs/base/pgn.h"
#include "libs/base/school_year.h"
#include "libs/base/uuid.h"
#include "libs/testing/in_process_server.h"
#include "services/dossiers/api/service_set.h"
#include "services/dossiers/storage/test_world.h"
#include "services/dossiers/testing/api_world.h"

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <functional>
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

v1::CreateDossierRequest RequestFor(const std::string& pgn, const base::Clock& clock) {
  const absl::CivilDay today = base::LocalDay(clock.Now());
  v1::CreateDossierRequest request;
  request.set_parent("regions/16");
  request.set_request_id(base::NewUuidV7(clock));
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
  return request;
}

rpc::Caller School() {
  rpc::Caller school;
  school.organisation_id = "school";
  school.roles = {policy::v1::ROLE_SCHOOL};
  return school;
}

class ImportOverBreaks : public ::testing::Test {
 protected:
  ImportOverBreaks() : server_("dossiers", callers_, clock_) {
    callers_.Set("school", School());
    server_.Start({&service_});
    for (const std::string& pgn : Pgns()) {
      const v1::CreateDossierRequest request = RequestFor(pgn, clock_);
      missing_.emplace(request.request_id(), request);
    }
  }

  ~ImportOverBreaks() override { server_.Stop(); }

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

// Imports that get no further hold no connection that a call needs: as many imports wait as the
// calls have connections.
TEST(ImportBesideCalls, CallsGoOnWhileImportsWait) {
  constexpr int kConnections = 2;
  const base::SystemClock clock;
  TestWorld world;
  pg::Pool for_calls({.url = world.db().app_url(), .size = kConnections});
  pg::Pool for_imports({.url = world.db().app_url(), .size = kConnections});
  PgDossierStore calls(for_calls, world.keys(), clock, PgStoreOptions{});
  PgDossierStore imports(for_imports, world.keys(), clock, PgStoreOptions{});
  vsv::testing::FakeCallers callers;
  callers.Set("school", School());
  vsv::testing::InProcessServer server("dossiers", callers, clock);
  testing::NeverWakes wake;
  const aip::PageTokens tokens("a key of at least thirty-two bytes");
  const feed::Cursors cursors("a key of at least thirty-two bytes");
  ServiceSet services(server.runtime(), wake,
                      {calls, imports, world.related(), world.changes(), tokens, cursors, clock});
  server.Start(services.services());
  const std::vector<std::string> pgns = Pgns();
  v1::CreateDossierRequest create = RequestFor(pgns.back(), clock);
  v1::Dossier made;
  const grpc::Status created = server.Stub<v1::DossierService>()->CreateDossier(
      vsv::testing::InProcessServer::As("school", "transition").get(), create, &made);
  ASSERT_TRUE(created.ok()) << created.error_message();

  // Nobody makes a pupil until it is released.
  absl::Notification locked;
  absl::Notification release;
  std::thread holder([&] {
    pg::Pool owner({.url = world.db().owner_url(), .size = 1});
    const absl::Status held = pg::RunInTransaction(
        owner, pg::Mode::kReadWrite, absl::Now() + absl::Seconds(60), {}, [&](pg::Transaction& tx) {
          const absl::Status status =
              tx.Execute({"test.lock", "LOCK TABLE pupils IN SHARE MODE"}).status();
          locked.Notify();
          release.WaitForNotification();
          return status;
        });
    EXPECT_TRUE(held.ok()) << held;
  });
  locked.WaitForNotification();
  std::vector<std::thread> importing;
  std::vector<grpc::Status> ended(kConnections);
  for (size_t i = 0; i < kConnections; ++i) {
    importing.emplace_back([&, i] {
      const auto context = vsv::testing::InProcessServer::As("school", "transition");
      const auto stream = server.Stub<v1::ImportService>()->ImportDossiers(context.get());
      v1::ImportDossiersRequest message;
      message.set_parent("regions/16");
      *message.add_requests() = RequestFor(pgns[2 * i], clock);
      *message.add_requests() = RequestFor(pgns[2 * i + 1], clock);
      stream->Write(message);
      v1::ImportDossiersResponse reply;
      stream->Read(&reply);
      EXPECT_EQ(reply.verdicts_size(), 2);
      stream->WritesDone();
      ended[i] = stream->Finish();
    });
  }
  const std::string all_wait = absl::StrCat(kConnections);
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  const char* const waiting =
      "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
      "WHERE d.datname = current_database() AND NOT l.granted";
  while (world.db().Superuser(waiting).front() != all_wait && absl::Now() < latest)
    absl::SleepFor(absl::Milliseconds(20));
  EXPECT_THAT(world.db().Superuser(waiting), ElementsAre(all_wait));
  const auto context = vsv::testing::InProcessServer::As("school", "transition");
  context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(5)));
  v1::GetDossierRequest request;
  request.set_name(made.name());
  v1::Dossier dossier;
  const grpc::Status got =
      server.Stub<v1::DossierService>()->GetDossier(context.get(), request, &dossier);
  EXPECT_TRUE(got.ok()) << got.error_message();

  release.Notify();
  holder.join();
  for (std::thread& thread : importing) thread.join();
  for (const grpc::Status& status : ended) EXPECT_TRUE(status.ok()) << status.error_message();
  server.Stop();
}

}  // namespace
}  // namespace vsv::dossiers

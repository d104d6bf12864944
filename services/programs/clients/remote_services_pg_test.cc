// The clients against services that speak the contract, over an in-process channel; the projection
// in PostgreSQL.
#include "libs/aip/proto_time.h"
#include "libs/base/local_date.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"
#include "services/programs/clients/grpc_figures_directory.h"
#include "services/programs/clients/process_counts_source.h"
#include "services/programs/storage/process_counts_rows.h"

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vsv::programs {
namespace {

using ::testing::ElementsAre;
using vsv::testing::IsOk;
using vsv::testing::PgDatabase;
using vsv::testing::StatusIs;

// One service on an in-process channel.
template <typename Service>
class Remote {
 public:
  Remote() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
  }

  ~Remote() {
    service.Stop();
    server_->Shutdown();
  }

  std::shared_ptr<grpc::Channel> channel() { return server_->InProcessChannel({}); }

  Service service;

 private:
  std::unique_ptr<grpc::Server> server_;
};

dossiers::v1::ProcessCount Count(const std::string& state, int64_t value) {
  dossiers::v1::ProcessCount count;
  count.set_region("regions/16");
  count.set_process(dossiers::v1::PROCESS_TRANSITION);
  count.set_state(state);
  count.set_responsible_organisation("organisations/school-a");
  *count.mutable_due_date() = aip::ToProto(absl::CivilDay(2026, 5, 1));
  *count.mutable_day() = aip::ToProto(absl::CivilDay(2026, 4, 1));
  count.set_value(value);
  return count;
}

// Streams two batches to who begins, nothing but a checkpoint to who resumes behind them.
class FakeCounts : public dossiers::v1::ProcessCountService::Service {
 public:
  grpc::Status WatchProcessCounts(
      grpc::ServerContext*, const dossiers::v1::WatchProcessCountsRequest* request,
      grpc::ServerWriter<dossiers::v1::WatchProcessCountsResponse>* writer) override {
    {
      const absl::MutexLock lock(&mutex_);
      cursors_.push_back(request->cursor());
    }
    dossiers::v1::WatchProcessCountsResponse batch;
    if (request->cursor().empty()) {
      *batch.add_counts() = Count("SENT", 3);
      batch.set_cursor("een");
      writer->Write(batch);
      *batch.mutable_counts(0) = Count("SENT", 4);
      *batch.add_counts() = Count("ACCEPTED", 1);
    }
    batch.set_cursor("twee");
    *batch.mutable_checkpoint_time() = aip::ToProto(absl::FromUnixSeconds(1'700'000'000));
    writer->Write(batch);
    stopped_.WaitForNotification();
    return grpc::Status::OK;
  }

  void Stop() {
    if (!stopped_.HasBeenNotified()) stopped_.Notify();
  }

  std::vector<std::string> cursors() {
    const absl::MutexLock lock(&mutex_);
    return cursors_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<std::string> cursors_ ABSL_GUARDED_BY(mutex_);
  absl::Notification stopped_;
};

class CountsProjection : public ::testing::Test {
 protected:
  // Follows until the checkpoint was stored, or 20 s.
  void Follow(const std::shared_ptr<grpc::Channel>& channel) {
    ProcessCountsSource source(channel, {.put = PutCounters, .clear = ClearCounters});
    feed::Projector projector(database_->worker(), source, {.source = "dossiers"});
    projector.Start();
    const absl::Time patience = absl::Now() + absl::Seconds(20);
    while (projector.current_as_of() == absl::InfinitePast() && absl::Now() < patience) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    projector.Stop();
  }

  std::vector<std::string> Kept() {
    return database_->Superuser("SELECT state, value FROM process_counts ORDER BY state");
  }

  std::unique_ptr<PgDatabase> database_ = PgDatabase::OfService("programs");
};

TEST_F(CountsProjection, HoldsTheNewestValuesAndResumesBehindThem) {
  Remote<FakeCounts> dossiers;
  Follow(dossiers.channel());
  EXPECT_THAT(Kept(), ElementsAre("ACCEPTED|1", "SENT|4"));
  EXPECT_THAT(database_->Superuser("SELECT cursor, extract(epoch FROM heartbeat_at)::bigint "
                                   "FROM projection_cursors WHERE source = 'dossiers'"),
              ElementsAre("twee|1700000000"));
  Follow(dossiers.channel());
  EXPECT_THAT(dossiers.service.cursors(), ElementsAre("", "twee"));
  EXPECT_THAT(Kept(), ElementsAre("ACCEPTED|1", "SENT|4"));
}

class FakeOutcomes : public outcomes::v1::OutcomesService::Service {
 public:
  grpc::Status BatchGetIndicatorStatuses(
      grpc::ServerContext*, const outcomes::v1::BatchGetIndicatorStatusesRequest* request,
      outcomes::v1::BatchGetIndicatorStatusesResponse* response) override {
    asked = *request;
    for (const outcomes::v1::IndicatorStatusQuery& query : request->queries()) {
      response->add_statuses()->set_explanation(query.indicator());
    }
    return answer;
  }

  void Stop() {}

  outcomes::v1::BatchGetIndicatorStatusesRequest asked;
  grpc::Status answer = grpc::Status::OK;
};

class Figures : public ::testing::Test {
 protected:
  absl::StatusOr<std::vector<Figure>> Look(int links, absl::CivilDay reference) {
    const std::vector<IndicatorLink> asked(static_cast<size_t>(links),
                                           IndicatorLink{.indicator = "indicators/vsv-percentage",
                                                         .ambition = "ambitions/minder-vsv",
                                                         .organisation = OrganisationId("roc"),
                                                         .level = "mbo2"});
    GrpcFiguresDirectory directory(outcomes_.channel(), clock_);
    return directory.Look(asked, reference, absl::Now() + absl::Seconds(20));
  }

  base::FakeClock clock_{absl::FromCivil(absl::CivilHour(2026, 6, 1, 12), absl::UTCTimeZone())};
  Remote<FakeOutcomes> outcomes_;
};

TEST_F(Figures, AreAskedForTheSliceOfTheLink) {
  const auto figures = Look(1, absl::CivilDay(2026, 6, 1));
  ASSERT_THAT(figures, IsOk());
  EXPECT_EQ(figures->front().explanation, "indicators/vsv-percentage");
  const outcomes::v1::IndicatorStatusQuery& query = outcomes_.service.asked.queries(0);
  EXPECT_EQ(query.organisation(), "organisations/roc");
  EXPECT_EQ(query.level(), outcomes::v1::LEVEL_MBO2);
  EXPECT_EQ(query.ambition(), "ambitions/minder-vsv");
  EXPECT_FALSE(outcomes_.service.asked.has_as_known_time());
}

TEST_F(Figures, OfAPastDayAreThoseKnownAtItsEnd) {
  ASSERT_THAT(Look(1, absl::CivilDay(2026, 5, 30)), IsOk());
  EXPECT_EQ(aip::FromProto(outcomes_.service.asked.as_known_time()),
            base::StartOfLocalDay(absl::CivilDay(2026, 5, 31)));
}

TEST_F(Figures, OfManyLinksAreAskedInSeveralCalls) {
  const auto figures = Look(101, absl::CivilDay(2026, 6, 1));
  ASSERT_THAT(figures, IsOk());
  EXPECT_EQ(figures->size(), 101U);
  EXPECT_EQ(outcomes_.service.asked.queries_size(), 1);
}

TEST_F(Figures, OfAServiceThatIsAwayAreUnavailable) {
  outcomes_.service.answer = {grpc::StatusCode::UNAVAILABLE, "shutting down"};
  EXPECT_THAT(Look(1, absl::CivilDay(2026, 6, 1)), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace vsv::programs

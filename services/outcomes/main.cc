// vsv-outcomes: indicators, figures, ambitions and the legal count. Wiring only.
#include "libs/aip/page_token.h"
#include "libs/audit/audit_service.h"
#include "libs/base/clock.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/directory_source.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/feed/projector.h"
#include "libs/obs/log.h"
#include "libs/obs/metrics.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/pool.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"
#include "libs/rpc/tls.h"
#include "services/outcomes/api/cohort_service.h"
#include "services/outcomes/api/outcomes_service.h"
#include "services/outcomes/config.h"
#include "services/outcomes/storage/cohort_subject_judge.h"
#include "services/outcomes/storage/pg_cohort_store.h"
#include "services/outcomes/storage/pg_figure_store.h"
#include "services/outcomes/storage/pg_indicator_store.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace vsv::outcomes {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
// Beside the workers: the keeper of the snapshot and the check of readiness.
constexpr int kOtherConnections = 2;
// Projector, housekeeper, and one to spare.
constexpr int kWorkerConnections = 3;
constexpr int64_t kPurgeRows = 1000;

pg::PoolOptions PoolFor(const std::string& url, int size) {
  pg::PoolOptions options;
  options.url = url;
  options.size = size;
  options.application_name = "vsv-outcomes";
  options.on_connect_error = [](absl::string_view cause) {
    obs::Log(obs::Severity::kWarning, "database away", {{"cause", std::string(cause)}});
  };
  return options;
}

absl::Status Serve(const Config& config, rpc::Runtime& runtime,
                   const std::vector<grpc::Service*>& services,
                   std::function<absl::Status()> ready) {
  rpc::ServerOptions options;
  options.listen_address = config.server.listen_address;
  VSV_ASSIGN_OR_RETURN(options.credentials, rpc::MakeServerCredentials(config.server.tls));
  options.services = services;
  options.ready = std::move(ready);
  VSV_ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                       rpc::Server::Start(std::move(options), runtime));
  obs::Log(obs::Severity::kInfo, "serving", {{"port", std::to_string(server->port())}});
  rpc::AwaitTermination();
  obs::Log(obs::Severity::kInfo, "draining");
  server->Stop();
  return absl::OkStatus();
}

// Stores, services and what they share.
class Services {
 public:
  Services(const Config& config, rpc::Runtime& runtime, pg::Pool& app, const base::Clock& clock)
      : indicators_(app),
        ambitions_(app),
        figures_(app),
        cohorts_(app),
        tokens_(base::HmacSha256(config.server.cursor_key, "page tokens")),
        pupil_keys_(config.pupil_key),
        outcomes_(runtime, {indicators_, ambitions_, figures_, tokens_, clock}),
        counts_(runtime, {cohorts_, tokens_, pupil_keys_, config.disclosure_threshold}),
        audit_(runtime, app, judge_, tokens_, "verantwoording-inzage") {}

  std::vector<grpc::Service*> all() { return {&outcomes_, &counts_, &audit_}; }

 private:
  PgIndicatorStore indicators_;
  PgAmbitionStore ambitions_;
  PgFigureStore figures_;
  PgCohortStore cohorts_;
  const aip::PageTokens tokens_;
  const PupilKeys pupil_keys_;
  CohortSubjectJudge judge_;
  OutcomesService outcomes_;
  CohortService counts_;
  audit::AuditService audit_;
};

absl::Status Run(const Config& config) {
  const rpc::ServerConfig& shared = config.server;
  const base::SystemClock clock;
  obs::Metrics metrics;
  if (!shared.metrics_address.empty()) VSV_RETURN_IF_ERROR(metrics.Serve(shared.metrics_address));
  pg::Pool app(PoolFor(shared.database_url, shared.worker_threads + kOtherConnections));
  pg::Pool worker(PoolFor(shared.worker_database_url, kWorkerConnections));
  VSV_RETURN_IF_ERROR(app.CheckRole(absl::Now() + kStartTime));
  VSV_RETURN_IF_ERROR(worker.CheckRole(absl::Now() + kStartTime));

  directory::SnapshotKeeper keeper(app);
  VSV_RETURN_IF_ERROR(keeper.Refresh());
  VSV_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> partners,
                       rpc::MakeChannel(config.partners_address, shared.tls));
  directory::DirectorySource source(partners);
  feed::Projector projector(
      worker, source,
      {.source = directory::DirectorySource::kName, .on_applied = [&keeper] { keeper.Poke(); }});
  pg::Housekeeper housekeeper(
      worker,
      {{"request_ids", absl::Minutes(5),
        [](pg::Transaction& tx) { return pg::PurgeExpiredRequests(tx, kPurgeRows); }}},
      [](absl::string_view chore, const absl::Status& status) {
        obs::Log(obs::Severity::kWarning, "chore failed",
                 {{"chore", std::string(chore)}, {"cause", std::string(status.message())}});
      });
  directory::CallerResolver resolver(
      [&keeper] { return keeper.Current(); },
      {.register_keeper_oin = shared.register_keeper_oin, .max_age = shared.projection_max_age});
  rpc::RuntimeOptions runtime_options;
  runtime_options.service = "outcomes";
  runtime_options.worker_threads = shared.worker_threads;
  rpc::Runtime runtime(runtime_options, resolver, clock, metrics);
  Services services(config, runtime, app, clock);

  projector.Start();
  keeper.Start();
  housekeeper.Start();
  const absl::Status served = Serve(config, runtime, services.all(), [&app, &clock] {
    return app.CheckRole(clock.Now() + absl::Seconds(1));
  });
  housekeeper.Stop();
  keeper.Stop();
  projector.Stop();
  return served;
}

}  // namespace
}  // namespace vsv::outcomes

int main(int argc, char** argv) {
  vsv::rpc::BlockTerminationSignals();
  vsv::obs::StartLogging("outcomes", vsv::obs::Severity::kInfo);
  const absl::StatusOr<vsv::outcomes::Config> config = vsv::outcomes::ParseConfig(argc, argv);
  if (!config.ok()) {
    std::fprintf(stderr, "vsv-outcomes: %s\n", std::string(config.status().message()).c_str());
    return 2;
  }
  const absl::Status status = vsv::outcomes::Run(*config);
  if (!status.ok()) {
    std::fprintf(stderr, "vsv-outcomes: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}

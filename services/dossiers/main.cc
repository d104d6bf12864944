// vsv-dossiers: transition dossiers and what belongs to them. Wiring only.
#include "libs/aip/page_token.h"
#include "libs/audit/audit_service.h"
#include "libs/base/clock.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/directory_source.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/feed/cursor.h"
#include "libs/feed/epoch.h"
#include "libs/feed/feed_service.h"
#include "libs/feed/notifier.h"
#include "libs/feed/projector.h"
#include "libs/feed/reader.h"
#include "libs/feed/sequencer.h"
#include "libs/obs/log.h"
#include "libs/obs/metrics.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/pool.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"
#include "libs/rpc/tls.h"
#include "services/dossiers/api/service_set.h"
#include "services/dossiers/config.h"
#include "services/dossiers/storage/basis_sweeper.h"
#include "services/dossiers/storage/dossier_subject_judge.h"
#include "services/dossiers/storage/pg_change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pg_related_store.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
constexpr int kBulkThreads = 4;
// Beside the workers: the keeper of the snapshot and the check of readiness.
constexpr int kOtherConnections = 2;
// Sequencer, projector, housekeeper, sweeper, and one to spare.
constexpr int kWorkerConnections = 5;
constexpr int64_t kPurgeRows = 1000;

pg::PoolOptions PoolFor(const std::string& url, int size) {
  pg::PoolOptions options;
  options.url = url;
  options.size = size;
  options.application_name = "vsv-dossiers";
  options.on_connect_error = [](absl::string_view cause) {
    obs::Log(obs::Severity::kWarning, "database away", {{"cause", std::string(cause)}});
  };
  return options;
}

// What expires: request ids after 72 h, changes after the retention of the feed.
std::vector<pg::Chore> Chores(const Config& config, const base::Clock& clock) {
  return {{"request_ids", absl::Minutes(5),
           [](pg::Transaction& tx) { return pg::PurgeExpiredRequests(tx, kPurgeRows); }},
          {"feed", absl::Minutes(5), [&clock, keep = config.feed_retention](pg::Transaction& tx) {
             return feed::PurgeFeed(tx, clock.Now() - keep, kPurgeRows);
           }}};
}

absl::Status CheckDatabase(pg::Pool& app, pg::Pool& worker) {
  VSV_RETURN_IF_ERROR(app.CheckRole(absl::Now() + kStartTime));
  VSV_RETURN_IF_ERROR(worker.CheckRole(absl::Now() + kStartTime));
  return feed::CheckEpochAtStart(worker, absl::Now() + kStartTime);
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

// What runs beside the calls: numbering changes, following the register, telling of bases that
// ended, purging.
class Background {
 public:
  // The references must outlive it.
  Background(const Config& config, pg::Pool& worker, directory::SnapshotKeeper& keeper,
             std::shared_ptr<grpc::Channel> partners, const base::Clock& clock)
      : keeper_(keeper),
        source_(std::move(partners)),
        sequencer_(worker, {}),
        projector_(worker, source_,
                   {.source = directory::DirectorySource::kName,
                    .on_applied = [&keeper] { keeper.Poke(); }}),
        sweeper_(worker, clock, {.max_register_age = config.server.projection_max_age}),
        housekeeper_(
            worker, Chores(config, clock), [](absl::string_view chore, const absl::Status& status) {
              obs::Log(obs::Severity::kWarning, "chore failed",
                       {{"chore", std::string(chore)}, {"cause", std::string(status.message())}});
            }) {}

  void Start() {
    sequencer_.Start();
    projector_.Start();
    keeper_.Start();
    sweeper_.Start();
    housekeeper_.Start();
  }

  void Stop() {
    housekeeper_.Stop();
    sweeper_.Stop();
    keeper_.Stop();
    projector_.Stop();
    sequencer_.Stop();
  }

 private:
  directory::SnapshotKeeper& keeper_;
  directory::DirectorySource source_;
  feed::Sequencer sequencer_;
  feed::Projector projector_;
  BasisSweeper sweeper_;
  pg::Housekeeper housekeeper_;
};

absl::Status Run(const Config& config) {
  const rpc::ServerConfig& shared = config.server;
  const base::SystemClock clock;
  obs::Metrics metrics;
  if (!shared.metrics_address.empty()) VSV_RETURN_IF_ERROR(metrics.Serve(shared.metrics_address));
  pg::Pool app(
      PoolFor(shared.database_url, shared.worker_threads + kBulkThreads + kOtherConnections));
  pg::Pool worker(PoolFor(shared.worker_database_url, kWorkerConnections));
  VSV_RETURN_IF_ERROR(CheckDatabase(app, worker));

  feed::Notifier notifier(shared.database_url);
  directory::SnapshotKeeper keeper(app);
  VSV_RETURN_IF_ERROR(keeper.Refresh());
  VSV_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> partners,
                       rpc::MakeChannel(config.partners_address, shared.tls));
  Background background(config, worker, keeper, partners, clock);
  directory::CallerResolver resolver(
      [&keeper] { return keeper.Current(); },
      {.register_keeper_oin = shared.register_keeper_oin, .max_age = shared.projection_max_age});
  rpc::RuntimeOptions runtime_options;
  runtime_options.service = "dossiers";
  runtime_options.worker_threads = shared.worker_threads;
  runtime_options.bulk_threads = kBulkThreads;
  rpc::Runtime runtime(runtime_options, resolver, clock, metrics);

  // One secret, two uses that must not be taken for one another.
  const aip::PageTokens tokens(base::HmacSha256(shared.cursor_key, "page tokens"));
  const feed::Cursors cursors(base::HmacSha256(shared.cursor_key, "cursors"));
  const PgStoreOptions store_options{shared.projection_max_age};
  PgDossierStore dossiers(app, config.pupil_keys, clock, store_options);
  PgRelatedStore related(app, store_options);
  PgChangeStore changes(app, config.pupil_keys, store_options);
  ServiceSet set(runtime, notifier, {dossiers, related, changes, tokens, cursors, clock});
  DossierSubjectJudge judge;
  audit::AuditService audit(runtime, app, judge, tokens, "verantwoording-inzage");
  feed::FeedService feed_service(runtime, app);
  std::vector<grpc::Service*> services = set.services();
  services.insert(services.end(), {&audit, &feed_service});

  background.Start();
  const absl::Status served = Serve(config, runtime, services, [&app, &clock] {
    return app.CheckRole(clock.Now() + absl::Seconds(1));
  });
  background.Stop();
  return served;
}

}  // namespace
}  // namespace vsv::dossiers

int main(int argc, char** argv) {
  vsv::rpc::BlockTerminationSignals();
  vsv::obs::StartLogging("dossiers", vsv::obs::Severity::kInfo);
  const absl::StatusOr<vsv::dossiers::Config> config = vsv::dossiers::ParseConfig(argc, argv);
  if (!config.ok()) {
    std::fprintf(stderr, "vsv-dossiers: %s\n", std::string(config.status().message()).c_str());
    return 2;
  }
  const absl::Status status = vsv::dossiers::Run(*config);
  if (!status.ok()) {
    std::fprintf(stderr, "vsv-dossiers: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}

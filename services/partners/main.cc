// vsv-partners: the register. Wiring only.
#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/feed/cursor.h"
#include "libs/feed/epoch.h"
#include "libs/feed/feed_service.h"
#include "libs/feed/notifier.h"
#include "libs/feed/sequencer.h"
#include "libs/obs/log.h"
#include "libs/obs/metrics.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/pool.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"
#include "libs/rpc/server_flags.h"
#include "libs/rpc/tls.h"
#include "services/partners/api/agreement_service.h"
#include "services/partners/api/authorisation_service.h"
#include "services/partners/api/partners_service.h"
#include "services/partners/api/region_service.h"
#include "services/partners/storage/pg_directory_feed.h"
#include "services/partners/storage/pg_register.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cstdio>
#include <memory>

namespace vsv::partners {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
constexpr int kBulkThreads = 2;
// Beside the workers: the keeper of the snapshot and the check of readiness.
constexpr int kOtherConnections = 2;
// Rows that one transaction of the purge removes.
constexpr int kPurgeRows = 1000;
constexpr int kWorkerConnections = 3;  // sequencer, purge and one to spare

pg::PoolOptions PoolFor(const std::string& url, int size) {
  pg::PoolOptions options;
  options.url = url;
  options.size = size;
  options.application_name = "vsv-partners";
  options.on_connect_error = [](absl::string_view cause) {
    obs::Log(obs::Severity::kWarning, "database away", {{"cause", std::string(cause)}});
  };
  return options;
}

absl::Status Run(const rpc::ServerConfig& config) {
  const base::SystemClock clock;
  obs::Metrics metrics;
  if (!config.metrics_address.empty()) VSV_RETURN_IF_ERROR(metrics.Serve(config.metrics_address));

  pg::Pool app(
      PoolFor(config.database_url, config.worker_threads + kBulkThreads + kOtherConnections));
  pg::Pool worker(PoolFor(config.worker_database_url, kWorkerConnections));
  VSV_RETURN_IF_ERROR(app.CheckRole(absl::Now() + kStartTime));
  VSV_RETURN_IF_ERROR(worker.CheckRole(absl::Now() + kStartTime));
  VSV_RETURN_IF_ERROR(feed::CheckEpochAtStart(worker, absl::Now() + kStartTime));

  feed::Sequencer sequencer(worker, {});
  feed::Notifier notifier(config.database_url);
  directory::SnapshotKeeper keeper(app, &notifier);
  VSV_RETURN_IF_ERROR(keeper.Refresh());
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
      {.register_keeper_oin = config.register_keeper_oin, .max_age = config.projection_max_age});
  rpc::RuntimeOptions runtime_options;
  runtime_options.service = "partners";
  runtime_options.worker_threads = config.worker_threads;
  runtime_options.bulk_threads = kBulkThreads;
  rpc::Runtime runtime(runtime_options, resolver, clock, metrics);

  // One secret, two uses that must not be taken for one another.
  const aip::PageTokens page_tokens(base::HmacSha256(config.cursor_key, "page tokens"));
  const feed::Cursors cursors(base::HmacSha256(config.cursor_key, "cursors"));
  PgRegister registry(app);
  PgDirectoryFeed directory_feed(app, cursors);
  const HandlerContext context{registry.stores(), clock, page_tokens};
  PartnersService partners(runtime, context, directory_feed, notifier);
  RegionService regions(runtime, context);
  AgreementService agreements(runtime, context);
  AuthorisationService authorisations(runtime, context);
  feed::FeedService feed_service(runtime, app);

  sequencer.Start();
  keeper.Start();
  housekeeper.Start();
  rpc::ServerOptions options;
  options.listen_address = config.listen_address;
  VSV_ASSIGN_OR_RETURN(options.credentials, rpc::MakeServerCredentials(config.tls));
  options.services = {&partners, &regions, &agreements, &authorisations, &feed_service};
  options.ready = [&keeper, &clock, max_age = config.projection_max_age] {
    return clock.Now() - keeper.Current().current_as_of > max_age
               ? absl::UnavailableError("database away")
               : absl::OkStatus();
  };
  VSV_ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                       rpc::Server::Start(std::move(options), runtime));
  obs::Log(obs::Severity::kInfo, "listening", {{"port", std::to_string(server->port())}});
  rpc::AwaitTermination();
  obs::Log(obs::Severity::kInfo, "draining");
  server->Stop();
  housekeeper.Stop();
  keeper.Stop();
  sequencer.Stop();
  return absl::OkStatus();
}

}  // namespace
}  // namespace vsv::partners

int main(int argc, char** argv) {
  vsv::rpc::BlockTerminationSignals();
  vsv::obs::StartLogging("partners", vsv::obs::Severity::kInfo);
  const absl::StatusOr<vsv::rpc::ServerConfig> config = vsv::rpc::ParseServerConfig(
      argc, argv, "vsv-partners: the register of organisations, regions, agreements and mandates.");
  if (!config.ok()) {
    std::fprintf(stderr, "vsv-partners: %s\n", std::string(config.status().message()).c_str());
    return 2;
  }
  const absl::Status status = vsv::partners::Run(*config);
  if (!status.ok()) {
    std::fprintf(stderr, "vsv-partners: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}

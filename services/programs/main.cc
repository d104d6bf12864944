// vsv-programs: the regional programmes and how their lines stand. Wiring only.
#include "libs/aip/page_token.h"
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
#include "libs/rpc/server_flags.h"
#include "libs/rpc/tls.h"
#include "services/programs/api/measures_service.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/programs_service.h"
#include "services/programs/clients/grpc_figures_directory.h"
#include "services/programs/clients/process_counts_source.h"
#include "services/programs/storage/pg_line_facts_store.h"
#include "services/programs/storage/pg_region_roles.h"
#include "services/programs/storage/pg_resource_store.h"
#include "services/programs/storage/process_counts_rows.h"

#include "absl/flags/flag.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cstdio>
#include <memory>

ABSL_FLAG(std::string, partners_address, "127.0.0.1:7401", "Address of the partners service");
ABSL_FLAG(std::string, dossiers_address, "127.0.0.1:7403",
          "Address of the dossiers service, whose counts are followed");
ABSL_FLAG(std::string, outcomes_address, "127.0.0.1:7404",
          "Address of the outcomes service, which is asked for figures");
ABSL_FLAG(absl::Duration, counts_max_age, absl::Seconds(30),
          "Age at which a line's status names the counts of dossiers unavailable");
ABSL_FLAG(
    int, small_group_threshold, 5,
    "Numbers of people below this are withheld from the first-year monitor (disclosure control)");

namespace vsv::programs {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
constexpr int kOtherConnections = 2;  // keeper of the snapshot, check of readiness
// Rows that one transaction of the purge removes.
constexpr int kPurgeRows = 1000;
constexpr int kWorkerConnections = 3;  // two projections and one to spare

pg::PoolOptions PoolFor(const std::string& url, int size) {
  pg::PoolOptions options;
  options.url = url;
  options.size = size;
  options.application_name = "vsv-programs";
  options.on_connect_error = [](absl::string_view cause) {
    obs::Log(obs::Severity::kWarning, "database away", {{"cause", std::string(cause)}});
  };
  return options;
}

// All stores on one pool.
struct PgStores {
  explicit PgStores(pg::Pool& pool)
      : programs(pool), lines(pool), measures(pool), assignments(pool), links(pool), facts(pool) {}

  Stores AsStores() { return {programs, lines, measures, assignments, links, facts}; }

  PgResourceStore<Program> programs;
  PgResourceStore<ProgramLine> lines;
  PgResourceStore<Measure> measures;
  PgResourceStore<SpecialAssignment> assignments;
  PgResourceStore<IndicatorLink> links;
  PgLineFactsStore facts;
};

// What follows other services: the register, and the counts of dossiers.
struct Projections {
  Projections(pg::Pool& worker, directory::SnapshotKeeper& keeper,
              std::shared_ptr<grpc::Channel> partners,
              const std::shared_ptr<grpc::Channel>& dossiers)
      : directory_source(std::move(partners)),
        directory(worker, directory_source,
                  {.source = directory::DirectorySource::kName,
                   .on_applied = [&keeper] { keeper.Poke(); }}),
        counts_source(dossiers, {.put = PutCounters, .clear = ClearCounters}),
        counts(worker, counts_source, {.source = "dossiers"}) {}

  void Start() {
    directory.Start();
    counts.Start();
  }

  void Stop() {
    counts.Stop();
    directory.Stop();
  }

  directory::DirectorySource directory_source;
  feed::Projector directory;
  ProcessCountsSource counts_source;
  feed::Projector counts;
};

absl::Status Serve(const rpc::ServerConfig& config, rpc::Runtime& runtime,
                   directory::SnapshotKeeper& keeper, std::vector<grpc::Service*> services) {
  rpc::ServerOptions options;
  options.listen_address = config.listen_address;
  VSV_ASSIGN_OR_RETURN(options.credentials, rpc::MakeServerCredentials(config.tls));
  options.services = std::move(services);
  options.ready = [&keeper, &runtime, max_age = config.projection_max_age] {
    return feed::IsStale(keeper.Current().current_as_of, runtime.clock().Now(), max_age)
               ? absl::UnavailableError("the projection of the register is stale")
               : absl::OkStatus();
  };
  VSV_ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                       rpc::Server::Start(std::move(options), runtime));
  obs::Log(obs::Severity::kInfo, "serving", {{"port", std::to_string(server->port())}});
  rpc::AwaitTermination();
  obs::Log(obs::Severity::kInfo, "draining");
  server->Stop();
  return absl::OkStatus();
}

absl::Status Run(const rpc::ServerConfig& config) {
  const base::SystemClock clock;
  obs::Metrics metrics;
  if (!config.metrics_address.empty()) VSV_RETURN_IF_ERROR(metrics.Serve(config.metrics_address));

  pg::Pool app(PoolFor(config.database_url, config.worker_threads + kOtherConnections));
  pg::Pool worker(PoolFor(config.worker_database_url, kWorkerConnections));
  VSV_RETURN_IF_ERROR(app.CheckRole(absl::Now() + kStartTime));
  VSV_RETURN_IF_ERROR(worker.CheckRole(absl::Now() + kStartTime));

  VSV_ASSIGN_OR_RETURN(auto partners,
                       rpc::MakeChannel(absl::GetFlag(FLAGS_partners_address), config.tls));
  VSV_ASSIGN_OR_RETURN(auto dossiers,
                       rpc::MakeChannel(absl::GetFlag(FLAGS_dossiers_address), config.tls));
  VSV_ASSIGN_OR_RETURN(auto outcomes,
                       rpc::MakeChannel(absl::GetFlag(FLAGS_outcomes_address), config.tls));
  directory::SnapshotKeeper keeper(app);
  VSV_RETURN_IF_ERROR(keeper.Refresh());
  Projections projections(worker, keeper, std::move(partners), dossiers);
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
  runtime_options.service = "programs";
  runtime_options.worker_threads = config.worker_threads;
  rpc::Runtime runtime(runtime_options, resolver, clock, metrics);

  const aip::PageTokens page_tokens(base::HmacSha256(config.cursor_key, "page tokens"));
  PgStores stores(app);
  PgRegionRoles roles(app);
  const Permissions permissions(roles, stores.AsStores());
  GrpcFiguresDirectory figures(outcomes, clock);
  ProgramsService programs(runtime, stores.AsStores(), permissions, page_tokens, figures,
                           {.counts_max_age = absl::GetFlag(FLAGS_counts_max_age),
                            .small_group_threshold = absl::GetFlag(FLAGS_small_group_threshold)});
  MeasuresService measures(runtime, stores.AsStores(), permissions, page_tokens);

  keeper.Start();
  projections.Start();
  housekeeper.Start();
  const absl::Status served = Serve(config, runtime, keeper, {&programs, &measures});
  projections.Stop();
  housekeeper.Stop();
  keeper.Stop();
  return served;
}

}  // namespace
}  // namespace vsv::programs

int main(int argc, char** argv) {
  vsv::rpc::BlockTerminationSignals();
  vsv::obs::StartLogging("programs", vsv::obs::Severity::kInfo);
  const absl::StatusOr<vsv::rpc::ServerConfig> config = vsv::rpc::ParseServerConfig(
      argc, argv, "vsv-programs: regional programmes, their lines and how they stand.");
  if (!config.ok()) {
    std::fprintf(stderr, "vsv-programs: %s\n", std::string(config.status().message()).c_str());
    return 2;
  }
  const absl::Status status = vsv::programs::Run(*config);
  if (!status.ok()) {
    std::fprintf(stderr, "vsv-programs: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}

// vsv-programs: the regional programmes and how their lines stand. Wiring only.
#include "libs/audit/audit_service.h"
#include "libs/base/status_macros.h"
#include "libs/feed/projector.h"
#include "libs/rpc/tls.h"
#include "libs/server/program.h"
#include "libs/server/server_process.h"
#include "services/programs/api/measures_service.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/programs_service.h"
#include "services/programs/clients/grpc_figures_directory.h"
#include "services/programs/clients/process_counts_source.h"
#include "services/programs/storage/change_subject_judge.h"
#include "services/programs/storage/pg_line_facts_store.h"
#include "services/programs/storage/pg_region_roles.h"
#include "services/programs/storage/pg_resource_store.h"
#include "services/programs/storage/process_counts_rows.h"

#include "absl/flags/flag.h"
#include "absl/time/time.h"

#include <utility>

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

absl::StatusOr<rpc::ServerConfig> ParseConfig(int argc, char** argv) {
  return rpc::ParseServerConfig(
      argc, argv, "vsv-programs: regional programmes, their lines and how they stand.");
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

absl::Status Serve(const rpc::ServerConfig& config) {
  VSV_ASSIGN_OR_RETURN(
      auto partners, rpc::MakeFollowingChannel(absl::GetFlag(FLAGS_partners_address), config.tls));
  VSV_ASSIGN_OR_RETURN(const auto dossiers, rpc::MakeFollowingChannel(
                                                absl::GetFlag(FLAGS_dossiers_address), config.tls));
  VSV_ASSIGN_OR_RETURN(const auto outcomes,
                       rpc::MakeChannel(absl::GetFlag(FLAGS_outcomes_address), config.tls));
  // The projection of the counts has a connection of its own.
  VSV_ASSIGN_OR_RETURN(const auto process,
                       server::ServerProcess::Open(config, {.service = "programs",
                                                            .partners = std::move(partners),
                                                            .worker_connections = 1}));
  PgStores stores(process->app());
  PgRegionRoles roles(process->app());
  const Permissions permissions(roles, stores.AsStores());
  GrpcFiguresDirectory figures(outcomes, process->clock());
  ProgramsService programs(process->runtime(), stores.AsStores(), permissions,
                           process->page_tokens(), figures,
                           {.counts_max_age = absl::GetFlag(FLAGS_counts_max_age),
                            .small_group_threshold = absl::GetFlag(FLAGS_small_group_threshold)});
  MeasuresService measures(process->runtime(), stores.AsStores(), permissions,
                           process->page_tokens());
  ChangeSubjectJudge judge;
  audit::AuditService audit(process->runtime(), process->app(), judge, process->page_tokens(),
                            "verantwoording-inzage");

  ProcessCountsSource counts_source(dossiers, {.put = PutCounters, .clear = ClearCounters});
  feed::Projector counts(process->worker(), counts_source, {.source = "dossiers"});
  counts.Start();
  const absl::Status served = process->Serve({&programs, &measures, &audit});
  counts.Stop();
  return served;
}

}  // namespace
}  // namespace vsv::programs

int main(int argc, char** argv) {
  return vsv::server::Main("programs", argc, argv, vsv::programs::ParseConfig,
                           vsv::programs::Serve);
}

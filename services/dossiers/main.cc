// vsv-dossiers: transition dossiers and what belongs to them. Wiring only.
#include "libs/audit/audit_service.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/obs/log.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/pool.h"
#include "libs/rpc/tls.h"
#include "libs/server/program.h"
#include "libs/server/server_process.h"
#include "services/dossiers/api/service_set.h"
#include "services/dossiers/config.h"
#include "services/dossiers/storage/basis_sweeper.h"
#include "services/dossiers/storage/coalescing_dossier_store.h"
#include "services/dossiers/storage/dossier_subject_judge.h"
#include "services/dossiers/storage/erase_again.h"
#include "services/dossiers/storage/erasure_keeping_store.h"
#include "services/dossiers/storage/erasure_register.h"
#include "services/dossiers/storage/pg_change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pg_related_store.h"

#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

// Streams that read for themselves at a time: snapshots, and who catches up.
constexpr int kReaders = 4;
// Messages of imports at a time.
constexpr int kImports = 4;
// Batches of what takes something back, at a time.
constexpr int kTakeBackBatches = 1;
constexpr absl::Duration kCarryInterval = absl::Minutes(1);

void LogFailedChore(absl::string_view chore, const absl::Status& status) {
  obs::Log(obs::Severity::kWarning, "chore failed",
           {{"chore", std::string(chore)}, {"cause", std::string(status.message())}});
}

// After a restore, before anything serves.
absl::Status ApplyErasures(const Config& config) {
  pg::PoolOptions options;
  options.url = config.worker_database_url;
  options.size = 1;
  options.application_name = "vsv-dossiers-erasures";
  pg::Pool worker(std::move(options));
  const base::SystemClock clock;
  VSV_ASSIGN_OR_RETURN(const auto erasures,
                       ErasureRegister::Open(config.erasure_register, config.pupil_keys));
  return EraseAgain(worker, *erasures, config.pupil_keys, clock).status();
}

absl::Status Serve(const Config& config) {
  VSV_ASSIGN_OR_RETURN(auto partners,
                       rpc::MakeFollowingChannel(config.partners_address, config.tls));
  const int connections = config.read_batches + 2 * config.write_batches + kTakeBackBatches;
  VSV_ASSIGN_OR_RETURN(const auto erasures,
                       ErasureRegister::Open(config.erasure_register, config.pupil_keys));
  // The sweeper has a connection of its own, and so have those who follow the feed and the keeper
  // of the register.
  VSV_ASSIGN_OR_RETURN(
      const auto process,
      server::ServerProcess::Open(config, {.service = "dossiers",
                                           .partners = std::move(partners),
                                           .bulk_threads = config.watch_threads,
                                           .worker_connections = 3,
                                           .batch_connections = connections,
                                           .stream_connections = config.watch_batches + kReaders,
                                           .import_connections = kImports}));
  // However the database came to what it holds: nobody who was erased is served again.
  VSV_RETURN_IF_ERROR(
      EraseAgain(process->worker(), *erasures, config.pupil_keys, process->clock()).status());
  const PgStoreOptions store_options{config.projection_max_age};
  PgDossierStore together(process->batches(), config.pupil_keys, process->clock(),
                          {config.projection_max_age, /*waits_for_rows=*/false});
  PgDossierStore alone(process->app(), config.pupil_keys, process->clock(), store_options);
  const auto coalescing = [&](const char* operation, int batches) {
    return process->Coalescing(operation, batches, config.batch_cap);
  };
  CoalescingDossierStore coalesced(
      together, alone, process->clock(),
      {.create = coalescing("dossiers.create", config.write_batches),
       .get = coalescing("dossiers.get", config.read_batches),
       .mutate = coalescing("dossiers.mutate", config.write_batches),
       .take_back = coalescing("dossiers.take_back", kTakeBackBatches)});
  ErasureKeepingStore dossiers(coalesced, *erasures, config.pupil_keys);
  PgDossierStore imports(process->imports(), config.pupil_keys, process->clock(), store_options);
  PgRelatedStore related(process->app(), store_options);
  PgChangeStore changes(process->streams(), process->worker(), config.pupil_keys, process->clock(),
                        store_options, coalescing("dossiers.watch", config.watch_batches));
  ServiceSet set(process->runtime(), process->notifier(),
                 {dossiers, imports, related, changes, process->page_tokens(), process->cursors(),
                  process->clock()});
  DossierSubjectJudge judge;
  audit::AuditService audit(process->runtime(), process->app(), judge, process->page_tokens(),
                            "verantwoording-inzage");
  std::vector<grpc::Service*> services = set.services();
  services.push_back(&audit);

  BasisSweeper sweeper(process->worker(), process->clock(),
                       {.max_register_age = config.projection_max_age});
  sweeper.Start();
  pg::Housekeeper keeper(process->worker(),
                         {{"erasures", kCarryInterval,
                           [&erasures](pg::Transaction& tx) -> absl::StatusOr<int64_t> {
                             VSV_RETURN_IF_ERROR(CarryErasures(tx, *erasures));
                             return 0;
                           }}},
                         LogFailedChore);
  keeper.Start();
  const absl::Status served = process->Serve(std::move(services));
  keeper.Stop();
  sweeper.Stop();
  return served;
}

}  // namespace
}  // namespace vsv::dossiers

int main(int argc, char** argv) {
  return vsv::server::Main<vsv::dossiers::Config>(
      "dossiers", argc, argv,
      {vsv::dossiers::ParseConfig, vsv::dossiers::Serve, vsv::dossiers::ApplyErasures});
}

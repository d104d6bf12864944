#include "libs/server/server_process.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/epoch.h"
#include "libs/obs/log.h"
#include "libs/rpc/tls.h"
#include "libs/server/audit_trail.h"
#include "libs/server/chores.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <utility>

namespace vsv::server {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
// Of the app role, never behind calls: the keeper of the snapshot and the check of readiness.
constexpr int kHouseConnections = 2;
// Calls that may wait for a thread, per thread.
constexpr int kQueuePerThread = 2;
// Of the worker role: sequencer, register, housekeeper, sealer, and one to spare.
constexpr int kWorkerConnections = 5;
// A database that is away must not hold up the end of its server.
constexpr absl::Duration kLastRoundTime = absl::Seconds(2);
// Between two looks whether the database is there.
constexpr absl::Duration kBetweenTries = absl::Milliseconds(250);

pg::PoolOptions PoolFor(const std::string& service, const std::string& url, int size) {
  pg::PoolOptions options;
  options.url = url;
  options.size = size;
  options.application_name = absl::StrCat("vsv-", service);
  options.on_connect_error = [](absl::string_view cause) {
    obs::Log(obs::Severity::kWarning, "database away", {{"cause", std::string(cause)}});
  };
  return options;
}

// Both may be started at once: a database that is not there yet is waited for.
absl::Status AwaitRole(pg::Pool& pool, absl::Time latest) {
  while (true) {
    absl::Status status = pool.CheckRole(latest);
    const bool away = errors::ReasonOf(status) == "DATABASE_UNAVAILABLE";
    if (!away || absl::Now() + kBetweenTries > latest) return status;
    absl::SleepFor(kBetweenTries);
  }
}

void LogFailedChore(absl::string_view chore, const absl::Status& status) {
  obs::Log(obs::Severity::kWarning, "chore failed",
           {{"chore", std::string(chore)}, {"cause", std::string(status.message())}});
}

rpc::RuntimeOptions RuntimeFor(const rpc::ServerConfig& config, const ProcessOptions& options) {
  rpc::RuntimeOptions runtime;
  runtime.service = options.service;
  runtime.worker_threads = config.worker_threads;
  runtime.queue_per_thread = kQueuePerThread;
  runtime.bulk_threads = options.bulk_threads;
  runtime.streams_per_organisation = config.streams_per_organisation;
  return runtime;
}

}  // namespace

// One secret, two uses that must not be taken for one another: page tokens and cursors.
ServerProcess::ServerProcess(const rpc::ServerConfig& config, const ProcessOptions& options)
    : config_(config),
      service_(options.service),
      app_(PoolFor(
          options.service, config.database_url,
          config.connections + (options.stream_connections > 0 ? 0 : options.bulk_threads))),
      house_(PoolFor(options.service, config.database_url, kHouseConnections)),
      batches_(PoolFor(options.service, config.database_url, options.batch_connections)),
      streams_(PoolFor(options.service, config.database_url, options.stream_connections)),
      imports_(PoolFor(options.service, config.database_url, options.import_connections)),
      worker_(PoolFor(options.service, config.worker_database_url,
                      kWorkerConnections + options.worker_connections)),
      notifier_(config.database_url),
      sequencer_(worker_, {}),
      // Who keeps the register is told of its changes by its own feed.
      keeper_(house_, options.partners == nullptr ? &notifier_ : nullptr),
      housekeeper_(
          worker_,
          ChoresOf(clock_, options.partners == nullptr ? std::nullopt
                                                       : std::optional(config.feed_retention)),
          LogFailedChore),
      resolver_([this] { return keeper_.Current(); },
                {.register_keeper_oin = config.register_keeper_oin,
                 .max_age = config.projection_max_age}),
      runtime_(RuntimeFor(config, options), resolver_, clock_, metrics_),
      page_tokens_(base::HmacSha256(config.cursor_key, "page tokens")),
      cursors_(base::HmacSha256(config.cursor_key, "cursors")),
      feed_service_(runtime_, app_) {
  if (options.partners == nullptr) return;
  register_source_.emplace(options.partners);
  register_projector_.emplace(worker_, *register_source_,
                              feed::ProjectorOptions{.source = directory::DirectorySource::kName,
                                                     .on_applied = [this] { keeper_.Poke(); }});
}

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Open(const rpc::ServerConfig& config,
                                                                   ProcessOptions options) {
  std::unique_ptr<ServerProcess> process(new ServerProcess(config, options));
  VSV_RETURN_IF_ERROR(process->Check());
  return process;
}

absl::Status ServerProcess::Check() {
  if (!config_.metrics_address.empty()) {
    VSV_RETURN_IF_ERROR(metrics_.Serve(config_.metrics_address));
  }
  const absl::Time latest = absl::Now() + kStartTime;
  VSV_RETURN_IF_ERROR(AwaitRole(app_, latest));
  VSV_RETURN_IF_ERROR(AwaitRole(worker_, latest));
  VSV_RETURN_IF_ERROR(feed::CheckEpochAtStart(worker_, latest));
  VSV_RETURN_IF_ERROR(CheckTrail(latest));
  return keeper_.Refresh();
}

absl::Status ServerProcess::CheckTrail(absl::Time deadline) {
  const auto on_backlog = [this](const audit::Backlog& backlog) {
    const absl::Duration age =
        backlog.oldest.has_value() ? clock_.Now() - *backlog.oldest : absl::ZeroDuration();
    metrics_.SetGauge("vsv_audit_unsealed_entries", "service", service_,
                      static_cast<double>(backlog.entries));
    metrics_.SetGauge("vsv_audit_unsealed_age_seconds", "service", service_,
                      absl::ToDoubleSeconds(age));
  };
  VSV_ASSIGN_OR_RETURN(sealer_, OpenSealer(worker_, config_, service_, on_backlog, deadline));
  if (!sealer_.has_value()) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(
      pg::RunInTransaction(worker_, pg::Mode::kReadWrite, deadline, {},
                           [this](pg::Transaction& tx) { return sealer_->Check(tx); }));
  // Of its own: a long purge must not hold up the seal.
  sealing_.emplace(worker_, sealer_->Chores(), LogFailedChore);
  return absl::OkStatus();
}

pg::CoalescerOptions ServerProcess::Coalescing(const std::string& operation, int batches, int cap) {
  pg::CoalescerOptions options;
  options.batches = batches;
  options.cap = cap;
  options.on_batch = [this, operation](int size) { metrics_.BatchFormed(operation, size); };
  options.on_wait = [this, operation](absl::Duration waited) {
    metrics_.BatchWaited(operation, waited);
  };
  return options;
}

absl::Status ServerProcess::Ready() {
  if (feed::IsStale(keeper_.Current().current_as_of, clock_.Now(), config_.projection_max_age))
    return absl::UnavailableError("what is known of the register is too old");
  return house_.CheckRole(clock_.Now() + absl::Seconds(1));
}

void ServerProcess::StartBackground() {
  sequencer_.Start();
  keeper_.Start();
  if (register_projector_.has_value()) register_projector_->Start();
  housekeeper_.Start();
  if (sealing_.has_value()) sealing_->Start();
}

void ServerProcess::StopBackground() {
  if (sealing_.has_value()) {
    sealing_->Stop();
    SealRest();
  }
  housekeeper_.Stop();
  if (register_projector_.has_value()) register_projector_->Stop();
  keeper_.Stop();
  sequencer_.Stop();
}

void ServerProcess::SealRest() {
  for (const pg::Chore& chore : sealer_->Chores()) {
    const absl::Status status =
        pg::RunInTransaction(worker_, pg::Mode::kReadWrite, absl::Now() + kLastRoundTime, {},
                             [&chore](pg::Transaction& tx) { return chore.run(tx).status(); });
    if (!status.ok()) LogFailedChore(chore.name, status);
  }
}

absl::Status ServerProcess::Serve(std::vector<grpc::Service*> services) {
  rpc::ServerOptions options;
  options.listen_address = config_.listen_address;
  VSV_ASSIGN_OR_RETURN(options.credentials, rpc::MakeServerCredentials(config_.tls));
  options.services = std::move(services);
  options.services.push_back(&feed_service_);
  options.ready = [this] { return Ready(); };
  options.memory_limit_bytes = config_.memory_limit_bytes;
  options.handshakes_per_address = config_.handshakes_per_address;
  StartBackground();
  absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start(std::move(options), runtime_);
  if (server.ok()) {
    obs::Log(obs::Severity::kInfo, "serving", {{"port", std::to_string((*server)->port())}});
    rpc::AwaitTermination();
    obs::Log(obs::Severity::kInfo, "draining");
    (*server)->Stop();
  }
  StopBackground();
  return server.status();
}

}  // namespace vsv::server

#include "libs/server/program.h"

#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/obs/log.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "libs/rpc/server.h"
#include "libs/server/audit_trail.h"

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <cstdio>
#include <optional>

ABSL_FLAG(
    bool, begin_epoch, false,
    "Begin a new epoch of the change feed and of the audit trail and end, instead of serving: "
    "after the database was restored or promoted, and while no server runs on it");

namespace vsv::server {
namespace {

constexpr absl::Duration kDatabaseTime = absl::Seconds(30);

absl::Status BeginEpoch(const std::string& service, const rpc::ServerConfig& config) {
  pg::PoolOptions options;
  options.url = config.worker_database_url;
  options.size = 1;
  options.application_name = "vsv-begin-epoch";
  pg::Pool worker(std::move(options));
  const absl::Time deadline = absl::Now() + kDatabaseTime;
  VSV_RETURN_IF_ERROR(worker.CheckRole(deadline));
  VSV_ASSIGN_OR_RETURN(const std::optional<audit::Sealer> sealer,
                       OpenSealer(
                           worker, config, service, [](const auto&) {}, deadline));
  std::string epoch;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(worker, pg::Mode::kReadWrite, deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             // First: its snapshot comes before the transaction has
                                             // a number.
                                             if (sealer.has_value())
                                               VSV_RETURN_IF_ERROR(sealer->BeginTrail(tx));
                                             VSV_ASSIGN_OR_RETURN(epoch, feed::BumpEpoch(tx));
                                             return absl::OkStatus();
                                           }));
  if (sealer.has_value()) {
    VSV_RETURN_IF_ERROR(pg::RunInTransaction(
        worker, pg::Mode::kReadWrite, deadline, {},
        [&](pg::Transaction& tx) { return sealer->KeepOutside(tx).status(); }));
  }
  obs::Log(obs::Severity::kInfo, "epoch begun", {{"epoch", epoch}});
  return absl::OkStatus();
}

int Report(const std::string& service, const absl::Status& status, int exit_code) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "vsv-%s: %s\n", service.c_str(), std::string(status.message()).c_str());
  return exit_code;
}

}  // namespace

void internal::Prepare(const std::string& service) {
  // Debian builds Abseil with the detection of deadlocks, and gRPC's mutexes are Abseil's: every
  // lock would be looked up in a graph of all locks. Our own are watched by ThreadSanitizer.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  rpc::BlockTerminationSignals();
  obs::StartLogging(service, obs::Severity::kInfo);
}

int internal::Run(const std::string& service, const absl::Status& parsed,
                  const std::function<const rpc::ServerConfig&()>& config,
                  const std::function<absl::Status()>& serve,
                  const std::function<absl::Status()>& restored) {
  if (!parsed.ok()) return Report(service, parsed, 2);
  if (absl::GetFlag(FLAGS_begin_epoch)) {
    absl::Status status = BeginEpoch(service, config());
    if (status.ok()) status = restored();
    return Report(service, status, 1);
  }
  return Report(service, serve(), 1);
}

}  // namespace vsv::server

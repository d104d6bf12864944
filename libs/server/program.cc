#include "libs/server/program.h"

#include "libs/obs/log.h"
#include "libs/rpc/server.h"
#include "libs/server/begin_epoch.h"

#include "absl/flags/flag.h"
#include "absl/synchronization/mutex.h"

#include <cstdio>

ABSL_FLAG(
    bool, begin_epoch, false,
    "Begin a new epoch of the change feed and of the audit trail, trust nothing that is known of "
    "other services before they are heard again, and end, instead of serving: after the database "
    "was restored or promoted, and while no server runs on it");

namespace vsv::server {
namespace {

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

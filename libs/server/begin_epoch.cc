#include "libs/server/begin_epoch.h"

#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/feed/projector.h"
#include "libs/obs/log.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "libs/server/audit_trail.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <optional>
#include <utility>

namespace vsv::server {
namespace {

constexpr absl::Duration kDatabaseTime = absl::Seconds(30);

}  // namespace

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
                                             VSV_RETURN_IF_ERROR(feed::DistrustProjections(tx));
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

}  // namespace vsv::server

#include "libs/server/audit_trail.h"

#include "libs/base/status_macros.h"

#include <utility>

namespace vsv::server {

absl::StatusOr<std::optional<audit::Sealer>> OpenSealer(
    pg::Pool& worker, const rpc::ServerConfig& config, const std::string& service,
    std::function<void(const audit::Backlog&)> on_backlog, absl::Time deadline) {
  bool has_trail = false;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(worker, pg::Mode::kReadOnly, deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(has_trail, audit::HasTrail(tx));
                                             return absl::OkStatus();
                                           }));
  if (!has_trail) return std::optional<audit::Sealer>();
  if (config.audit_key_file.empty() || config.audit_checkpoints.empty()) {
    return absl::InvalidArgumentError(
        "--audit_key_file and --audit_checkpoints are required: this service has an audit trail");
  }
  return audit::Sealer::Open({.service = service,
                              .key_file = config.audit_key_file,
                              .directory = config.audit_checkpoints,
                              .on_backlog = std::move(on_backlog)});
}

}  // namespace vsv::server

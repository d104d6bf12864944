// The sealer of a server whose database has an audit trail.
#pragma once

#include "libs/audit/sealer.h"
#include "libs/pg/pool.h"
#include "libs/rpc/server_flags.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <functional>
#include <optional>
#include <string>

namespace vsv::server {

// nullopt for a database without a trail. INVALID_ARGUMENT names the flag that a trail needs.
absl::StatusOr<std::optional<audit::Sealer>> OpenSealer(
    pg::Pool& worker, const rpc::ServerConfig& config, const std::string& service,
    std::function<void(const audit::Backlog&)> on_backlog, absl::Time deadline);

}  // namespace vsv::server

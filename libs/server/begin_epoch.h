// What every database needs after it was restored or promoted, before anything serves on it.
#pragma once

#include "libs/rpc/server_flags.h"

#include "absl/status/status.h"

#include <string>

namespace vsv::server {

// Begins a new epoch of the change feed and, where the database has an audit trail, a new trail
// that names what it follows; and nothing is decided on what is known of other services before they
// are heard again. In one transaction; the checkpoint outside of the database follows it, and may
// be repeated. While no server runs on the database.
absl::Status BeginEpoch(const std::string& service, const rpc::ServerConfig& config);

}  // namespace vsv::server

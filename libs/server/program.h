// The main function of a server.
#pragma once

#include "libs/rpc/server_flags.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <functional>
#include <string>

namespace vsv::server {

namespace internal {
int Run(const std::string& service, const absl::Status& parsed,
        const std::function<const rpc::ServerConfig&()>& config,
        const std::function<absl::Status()>& serve);
void Prepare(const std::string& service);
}  // namespace internal

// Reads the configuration, then serves; or, with --begin_epoch, begins a new epoch of the change
// feed and ends. `Config` is rpc::ServerConfig or derives from it. The exit code: 0 as asked, 1
// failed, 2 a flag is wrong.
template <typename Config>
int Main(const std::string& service, int argc, char** argv,
         absl::StatusOr<Config> (*parse)(int argc, char** argv),
         absl::Status (*serve)(const Config& config)) {
  internal::Prepare(service);
  const absl::StatusOr<Config> config = parse(argc, argv);
  return internal::Run(
      service, config.status(), [&config]() -> const rpc::ServerConfig& { return *config; },
      [&config, serve] { return serve(*config); });
}

}  // namespace vsv::server

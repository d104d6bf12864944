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
        const std::function<absl::Status()>& serve, const std::function<absl::Status()>& restored);
void Prepare(const std::string& service);
}  // namespace internal

// What a server does. `Config` is rpc::ServerConfig or derives from it.
template <typename Config>
struct Program {
  absl::StatusOr<Config> (*parse)(int argc, char** argv);
  absl::Status (*serve)(const Config& config);
  // What else must be done to a database that was restored; null: nothing.
  absl::Status (*restored)(const Config& config) = nullptr;
};

// Reads the configuration, then serves; or, with --begin_epoch, begins a new epoch of the change
// feed, does what else a restored database needs, and ends. The exit code: 0 as asked, 1 failed, 2
// a flag is wrong.
template <typename Config>
int Main(const std::string& service, int argc, char** argv, const Program<Config>& program) {
  internal::Prepare(service);
  const absl::StatusOr<Config> config = program.parse(argc, argv);
  return internal::Run(
      service, config.status(), [&config]() -> const rpc::ServerConfig& { return *config; },
      [&] { return program.serve(*config); },
      [&] { return program.restored == nullptr ? absl::OkStatus() : program.restored(*config); });
}

template <typename Config>
int Main(const std::string& service, int argc, char** argv,
         absl::StatusOr<Config> (*parse)(int argc, char** argv),
         absl::Status (*serve)(const Config& config)) {
  return Main(service, argc, argv, Program<Config>{parse, serve});
}

}  // namespace vsv::server

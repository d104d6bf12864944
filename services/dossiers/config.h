// Configuration of vsv-dossiers: the flags all servers share, and its own.
#pragma once

#include "libs/rpc/server_flags.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <string>

namespace vsv::dossiers {

struct Config {
  rpc::ServerConfig server;
  std::string partners_address;  // of the register that is followed
  PupilKeys pupil_keys;
  absl::Duration feed_retention;  // how long changes are kept for subscribers that come back
};

// Validated. INVALID_ARGUMENT or FAILED_PRECONDITION names the flag and what it takes.
absl::StatusOr<Config> ParseConfig(int argc, char** argv);

}  // namespace vsv::dossiers

// Configuration of vsv-dossiers: the flags all servers share, and its own.
#pragma once

#include "libs/rpc/server_flags.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"

#include <string>

namespace vsv::dossiers {

struct Config : rpc::ServerConfig {
  std::string partners_address;  // of the register that is followed
  PupilKeys pupil_keys;
  std::string erasure_register;  // directory
  int read_batches;              // at a time
  int write_batches;             // at a time, of each kind: new dossiers and changes
  int watch_batches;             // at a time: subscribers that follow the feed
  int watch_threads;             // on which streams work
  int batch_cap;                 // commands in a batch
};

// Validated. INVALID_ARGUMENT or FAILED_PRECONDITION names the flag and what it takes.
absl::StatusOr<Config> ParseConfig(int argc, char** argv);

}  // namespace vsv::dossiers

// Configuration of vsv-partners: the flags all servers share, and its own.
#pragma once

#include "libs/rpc/server_flags.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

struct Config : rpc::ServerConfig {
  int read_batches;  // at a time
  int batch_cap;     // keys in a batch
};

// Validated. INVALID_ARGUMENT or FAILED_PRECONDITION names the flag and what it takes.
absl::StatusOr<Config> ParseConfig(int argc, char** argv);

}  // namespace vsv::partners

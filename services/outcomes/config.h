// Configuration of vsv-outcomes: the flags all servers share, and its own.
#pragma once

#include "libs/rpc/server_flags.h"

#include "absl/status/statusor.h"

#include <cstdint>
#include <string>

namespace vsv::outcomes {

struct Config : rpc::ServerConfig {
  std::string partners_address{};  // of the register that is followed
  std::string pupil_key{};         // 32 bytes
  int64_t disclosure_threshold = 0;
};

// Validated. INVALID_ARGUMENT or FAILED_PRECONDITION names the flag and what it takes.
absl::StatusOr<Config> ParseConfig(int argc, char** argv);

}  // namespace vsv::outcomes

// The flags that all servers have alike, each also settable as VSV_<FLAG> in the environment.
#pragma once

#include "libs/rpc/tls.h"

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <cstdint>
#include <string>

namespace vsv::rpc {

// Values of the shared flags, validated.
struct ServerConfig {
  std::string listen_address;
  std::string metrics_address;      // "" = no metrics
  std::string database_url;         // as the app role
  std::string worker_database_url;  // as the worker role: sequencer, retention
  int worker_threads = 0;           // interactive calls in progress
  int connections = 0;              // for those that do not share a batch
  int streams_per_organisation = 0;
  uint64_t memory_limit_bytes = 0;  // from which on connections are ended; 0: never
  int handshakes_per_address = 0;   // open or failed; 0: any number
  TlsFiles tls;
  std::string cursor_key;           // at least 32 bytes, for page tokens and cursors
  std::string register_keeper_oin;  // "" = none
  absl::Duration projection_max_age;
  std::string audit_key_file;     // "" and the next: a service without an audit trail
  std::string audit_checkpoints;  // directory
  absl::Duration feed_retention;  // how long changes are kept for subscribers that come back
};

// The flag's value. INVALID_ARGUMENT names the flag when it is not in least..most.
absl::StatusOr<int> InRange(const absl::Flag<int>& flag, int least, int most);

// Parses the command line and the environment (the command line wins), then reads and checks the
// shared flags. INVALID_ARGUMENT names the flag and what it takes. `usage` is what --help shows
// above the flags.
absl::StatusOr<ServerConfig> ParseServerConfig(int argc, char** argv, absl::string_view usage);

}  // namespace vsv::rpc

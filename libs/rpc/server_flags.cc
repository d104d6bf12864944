#include "libs/rpc/server_flags.h"

#include "libs/base/status_macros.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

ABSL_FLAG(std::string, listen_address, "127.0.0.1:0", "Address and port to serve gRPC on");
ABSL_FLAG(std::string, metrics_address, "",
          "Address and port to serve Prometheus metrics on; empty: none");
ABSL_FLAG(std::string, database_url, "",
          "PostgreSQL URL of the service's database, as its app role");
ABSL_FLAG(std::string, worker_database_url, "",
          "PostgreSQL URL of the service's database, as its worker role");
ABSL_FLAG(
    int, worker_threads, 512,
    "Interactive calls in progress at a time, each on a thread (1..1024); twice as many queue");
ABSL_FLAG(int, connections, 8,
          "Database connections for interactive calls that do not share a batch (1..128)");
ABSL_FLAG(int, memory_limit_mib, 512,
          "MiB of memory from which on the connections that send most are ended (at most 1048576); "
          "0: never");
ABSL_FLAG(int, handshakes_per_address, 100,
          "Handshakes that one address may have open or failed at once, and a tenth of it a second "
          "more (at most 65536); 0: any number, behind a proxy that hides addresses");
ABSL_FLAG(int, streams_per_organisation, 16,
          "Streams (watches and imports) that one organisation has open at a time (1..65536)");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file: certificate chain of this service");
ABSL_FLAG(std::string, tls_key, "", "PEM file: private key of this service");
ABSL_FLAG(std::string, tls_ca, "", "PEM file: roots that client certificates must lead to");
ABSL_FLAG(std::string, cursor_key_file, "",
          "File of at least 32 random bytes that authenticates page tokens and cursors");
ABSL_FLAG(std::string, register_keeper_oin, "",
          "OIN of the organisation that keeps the register and may bootstrap it");
ABSL_FLAG(std::string, audit_key_file, "",
          "PEM file, mode 0600: private key of Ed25519 that seals the audit trail; needed by a "
          "service that has one");
ABSL_FLAG(
    std::string, audit_checkpoints, "",
    "Directory, not with the database, in which the signed checkpoints of the audit trail are "
    "kept; needed with --audit_key_file");
ABSL_FLAG(absl::Duration, projection_max_age, absl::Seconds(5),
          "Age at which the projection of the register is too old to disclose anything on");
ABSL_FLAG(absl::Duration, feed_retention, absl::Hours(24 * 14),
          "How long changes are kept for subscribers that come back (at least 1h); those of the "
          "register are kept always");

namespace vsv::rpc {
namespace {

// Only our own flags: those defined in this repository.
bool IsOurs(const absl::CommandLineFlag& flag) {
  const std::string file = flag.Filename();
  return absl::StrContains(file, "libs/") || absl::StrContains(file, "services/");
}

absl::Status ApplyEnvironment() {
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!IsOurs(*flag)) continue;
    const std::string variable = absl::StrCat("VSV_", absl::AsciiStrToUpper(name));
    const char* value = std::getenv(variable.c_str());
    std::string error;
    if (value != nullptr && !flag->ParseFrom(value, &error)) {
      return absl::InvalidArgumentError(absl::StrCat(variable, ": ", error));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Required(const absl::Flag<std::string>& flag, absl::string_view name) {
  const std::string value = absl::GetFlag(flag);
  if (value.empty()) return absl::InvalidArgumentError(absl::StrCat("--", name, " is required"));
  return value;
}

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file || content.str().size() < 32) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--cursor_key_file: '", path, "' must be a readable file of at least 32 random bytes"));
  }
  return content.str();
}

}  // namespace

absl::StatusOr<int> InRange(const absl::Flag<int>& flag, int least, int most) {
  const int value = absl::GetFlag(flag);
  if (value < least || value > most) {
    return absl::InvalidArgumentError(absl::StrCat("--", absl::GetFlagReflectionHandle(flag).Name(),
                                                   " must be ", least, "..", most));
  }
  return value;
}

absl::StatusOr<ServerConfig> ParseServerConfig(int argc, char** argv, absl::string_view usage) {
  absl::SetProgramUsageMessage(usage);
  VSV_RETURN_IF_ERROR(ApplyEnvironment());
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1)
    return absl::InvalidArgumentError(absl::StrCat("unexpected argument '", rest[1], "'"));
  ServerConfig config;
  VSV_ASSIGN_OR_RETURN(config.listen_address, Required(FLAGS_listen_address, "listen_address"));
  config.metrics_address = absl::GetFlag(FLAGS_metrics_address);
  VSV_ASSIGN_OR_RETURN(config.database_url, Required(FLAGS_database_url, "database_url"));
  VSV_ASSIGN_OR_RETURN(config.worker_database_url,
                       Required(FLAGS_worker_database_url, "worker_database_url"));
  VSV_ASSIGN_OR_RETURN(config.tls.certificate, Required(FLAGS_tls_certificate, "tls_certificate"));
  VSV_ASSIGN_OR_RETURN(config.tls.key, Required(FLAGS_tls_key, "tls_key"));
  VSV_ASSIGN_OR_RETURN(config.tls.ca, Required(FLAGS_tls_ca, "tls_ca"));
  VSV_ASSIGN_OR_RETURN(const std::string key_file,
                       Required(FLAGS_cursor_key_file, "cursor_key_file"));
  VSV_ASSIGN_OR_RETURN(config.cursor_key, ReadKey(key_file));
  config.register_keeper_oin = absl::GetFlag(FLAGS_register_keeper_oin);
  config.audit_key_file = absl::GetFlag(FLAGS_audit_key_file);
  config.audit_checkpoints = absl::GetFlag(FLAGS_audit_checkpoints);
  VSV_ASSIGN_OR_RETURN(config.worker_threads, InRange(FLAGS_worker_threads, 1, 1024));
  VSV_ASSIGN_OR_RETURN(config.connections, InRange(FLAGS_connections, 1, 128));
  VSV_ASSIGN_OR_RETURN(const int memory, InRange(FLAGS_memory_limit_mib, 0, 1 << 20));
  config.memory_limit_bytes = static_cast<uint64_t>(memory) << 20;
  VSV_ASSIGN_OR_RETURN(config.handshakes_per_address,
                       InRange(FLAGS_handshakes_per_address, 0, 65536));
  VSV_ASSIGN_OR_RETURN(config.streams_per_organisation,
                       InRange(FLAGS_streams_per_organisation, 1, 65536));
  config.projection_max_age = absl::GetFlag(FLAGS_projection_max_age);
  if (config.projection_max_age < absl::Seconds(1)) {
    return absl::InvalidArgumentError("--projection_max_age must be at least 1s");
  }
  config.feed_retention = absl::GetFlag(FLAGS_feed_retention);
  if (config.feed_retention < absl::Hours(1)) {
    return absl::InvalidArgumentError("--feed_retention must be at least 1h");
  }
  return config;
}

}  // namespace vsv::rpc

#include "services/dossiers/config.h"

#include "libs/base/status_macros.h"

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include <utility>

ABSL_FLAG(std::string, partners_address, "127.0.0.1:7401",
          "Address and port of the register (vsv-partners) to follow");
ABSL_FLAG(std::string, pupil_key_file, "",
          "File of 64 hex digits: the key under which pupil numbers are hashed and sealed");
ABSL_FLAG(std::string, erasure_register, "",
          "Directory of the register of erasures, apart from the database and its backups: what it "
          "names is erased again after a restore");
ABSL_FLAG(int, read_batches, 2,
          "Batches of reads at a time, each on a connection of its own (1..16)");
ABSL_FLAG(int, write_batches, 1,
          "Batches of writes at a time, of new dossiers and of changes each (1..16)");
ABSL_FLAG(int, watch_batches, 1,
          "Batches of subscribers at a time, each on a connection of its own (1..16)");
ABSL_FLAG(int, watch_threads, 64,
          "Streams that work at the same time; as many can share a batch (1..512)");
ABSL_FLAG(int, batch_cap, 256, "Commands that are executed together at most (1..1000)");

namespace vsv::dossiers {
namespace {

constexpr char kUsage[] =
    "vsv-dossiers: transition dossiers, applications, consents and warm handovers.";

}  // namespace

absl::StatusOr<Config> ParseConfig(int argc, char** argv) {
  VSV_ASSIGN_OR_RETURN(rpc::ServerConfig server, rpc::ParseServerConfig(argc, argv, kUsage));
  const std::string key_file = absl::GetFlag(FLAGS_pupil_key_file);
  if (key_file.empty()) {
    return absl::InvalidArgumentError("--pupil_key_file: expected a file of 64 hex digits");
  }
  absl::StatusOr<PupilKeys> keys = PupilKeys::FromFile(key_file);
  if (!keys.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("--pupil_key_file: ", keys.status().message()));
  }
  const std::string erasure_register = absl::GetFlag(FLAGS_erasure_register);
  if (erasure_register.empty()) {
    return absl::InvalidArgumentError("--erasure_register: expected a directory");
  }
  const std::string partners = absl::GetFlag(FLAGS_partners_address);
  if (partners.empty()) return absl::InvalidArgumentError("--partners_address: expected host:port");
  VSV_ASSIGN_OR_RETURN(const int read_batches, rpc::InRange(FLAGS_read_batches, 1, 16));
  VSV_ASSIGN_OR_RETURN(const int write_batches, rpc::InRange(FLAGS_write_batches, 1, 16));
  VSV_ASSIGN_OR_RETURN(const int watch_batches, rpc::InRange(FLAGS_watch_batches, 1, 16));
  VSV_ASSIGN_OR_RETURN(const int watch_threads, rpc::InRange(FLAGS_watch_threads, 1, 512));
  VSV_ASSIGN_OR_RETURN(const int batch_cap, rpc::InRange(FLAGS_batch_cap, 1, 1000));
  return Config{std::move(server), partners,      *std::move(keys), erasure_register, read_batches,
                write_batches,     watch_batches, watch_threads,    batch_cap};
}

}  // namespace vsv::dossiers

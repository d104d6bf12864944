#include "services/partners/config.h"

#include "libs/base/status_macros.h"

#include "absl/flags/flag.h"

#include <utility>

ABSL_FLAG(int, read_batches, 2,
          "Batches of reads at a time, of each kind of resource (1..16); also their connections");
ABSL_FLAG(int, batch_cap, 256, "Resources that are read together at most (1..1000)");

namespace vsv::partners {
namespace {

constexpr char kUsage[] =
    "vsv-partners: the register of organisations, regions, agreements and mandates.";

}  // namespace

absl::StatusOr<Config> ParseConfig(int argc, char** argv) {
  VSV_ASSIGN_OR_RETURN(rpc::ServerConfig server, rpc::ParseServerConfig(argc, argv, kUsage));
  VSV_ASSIGN_OR_RETURN(const int read_batches, rpc::InRange(FLAGS_read_batches, 1, 16));
  VSV_ASSIGN_OR_RETURN(const int batch_cap, rpc::InRange(FLAGS_batch_cap, 1, 1000));
  return Config{std::move(server), read_batches, batch_cap};
}

}  // namespace vsv::partners

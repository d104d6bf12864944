#include "services/outcomes/config.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

ABSL_FLAG(std::string, partners_address, "127.0.0.1:7401",
          "Address and port of the register (vsv-partners) to follow");
ABSL_FLAG(std::string, pupil_key_file, "",
          "File of 64 hex digits: the key under which pupil numbers are hashed");
ABSL_FLAG(int64_t, disclosure_threshold, 5,
          "Groups smaller than this are withheld from the tables that others may see (3 to 100). "
          "Tables of cohorts that "
          "are closed already stay as they were stored");

namespace vsv::outcomes {
namespace {

constexpr const char* kUsage = "vsv-outcomes: figures, ambitions and the legal count.";
constexpr size_t kPupilKeyBytes = 32;

absl::StatusOr<std::string> ReadPupilKey(const std::string& path) {
  if (path.empty()) {
    return absl::InvalidArgumentError("--pupil_key_file: expected a file of 64 hex digits");
  }
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::optional<std::string> key = base::HexDecode(absl::StripAsciiWhitespace(text));
  if (!file || !key.has_value() || key->size() != kPupilKeyBytes) {
    return absl::FailedPreconditionError(
        absl::StrCat("--pupil_key_file: '", path, "' must be a readable file of 64 hex digits"));
  }
  return *std::move(key);
}

}  // namespace

absl::StatusOr<Config> ParseConfig(int argc, char** argv) {
  VSV_ASSIGN_OR_RETURN(rpc::ServerConfig server, rpc::ParseServerConfig(argc, argv, kUsage));
  Config config{std::move(server)};
  config.partners_address = absl::GetFlag(FLAGS_partners_address);
  if (config.partners_address.empty()) {
    return absl::InvalidArgumentError("--partners_address: expected host:port");
  }
  VSV_ASSIGN_OR_RETURN(config.pupil_key, ReadPupilKey(absl::GetFlag(FLAGS_pupil_key_file)));
  config.disclosure_threshold = absl::GetFlag(FLAGS_disclosure_threshold);
  if (config.disclosure_threshold < 3 || config.disclosure_threshold > 100) {
    return absl::InvalidArgumentError("--disclosure_threshold: expected 3 to 100");
  }
  return config;
}

}  // namespace vsv::outcomes

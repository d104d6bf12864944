// vsv-audit-verify: verifies an exported audit trail, for third parties. It needs neither the
// service nor the database, and no secret.
#include "libs/audit/trail_export.h"
#include "libs/audit/verify.h"
#include "libs/base/ed25519.h"
#include "libs/base/status_macros.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include <iostream>
#include <string>
#include <vector>

ABSL_FLAG(std::string, public_key, "",
          "PEM file with the public key of the trail; with several when it had others before");
ABSL_FLAG(std::string, checkpoints, "",
          "File of checkpoints that were kept outside of the database; without it a trail that was "
          "rewritten together with its key cannot be told");
ABSL_FLAG(absl::Duration, max_unsealed_age, absl::Minutes(5),
          "How long an entry may wait for its seal, and a checkpoint to be kept outside");

namespace vsv::audit {
namespace {

constexpr char kUsage[] =
    "vsv-audit-verify DIR --public_key=FILE [--checkpoints=FILE]\n"
    "Verifies an audit trail that ./run audit export wrote into DIR, and says what is wrong.\n"
    "Controleert een uitgevoerd auditspoor en zegt wat er niet klopt.\n"
    "Exit codes: 0 it verifies, 1 it does not, 2 it cannot be read or an argument is wrong.";

absl::StatusOr<Report> Verify(const std::vector<char*>& arguments) {
  if (arguments.size() != 2) return absl::InvalidArgumentError(kUsage);
  VerifyOptions options;
  options.directory = arguments[1];
  options.max_unsealed_age = absl::GetFlag(FLAGS_max_unsealed_age);
  const std::string key_file = absl::GetFlag(FLAGS_public_key);
  if (key_file.empty()) return absl::InvalidArgumentError("--public_key is required");
  VSV_ASSIGN_OR_RETURN(const std::string pem, ReadWholeFile(key_file));
  absl::StatusOr<std::vector<std::string>> keys = base::Ed25519PublicKeysFromPem(pem);
  if (!keys.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(key_file, ": ", keys.status().message()));
  }
  options.public_keys = *std::move(keys);
  if (const std::string kept = absl::GetFlag(FLAGS_checkpoints); !kept.empty()) {
    options.kept = kept;
  }
  return VerifyTrail(options);
}

int Main(int argc, char** argv) {
  absl::SetProgramUsageMessage(kUsage);
  const absl::StatusOr<Report> report = Verify(absl::ParseCommandLine(argc, argv));
  if (!report.ok()) {
    std::cerr << "vsv-audit-verify: " << report.status().message() << "\n";
    return 2;
  }
  std::cout << report->Text();
  return report->verifies() ? 0 : 1;
}

}  // namespace
}  // namespace vsv::audit

int main(int argc, char** argv) {
  return vsv::audit::Main(argc, argv);
}

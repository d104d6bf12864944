// vsvctl: the suite from a shell. Flags and dispatch only.
#include "libs/base/status_macros.h"
#include "services/vsvctl/client.h"
#include "services/vsvctl/commands.h"
#include "services/vsvctl/failure.h"
#include "services/vsvctl/help.h"
#include "services/vsvctl/options.h"
#include "services/vsvctl/stream_commands.h"

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

ABSL_FLAG(std::string, as, "", "OIN (or OIN-TASK) of the organisation that calls; VSV_AS");
ABSL_FLAG(std::vector<std::string>, purpose, {},
          "Purpose of the call; for a credential once or more");
ABSL_FLAG(std::string, on_behalf_of, "", "OIN of the organisation whose mandate is used");
ABSL_FLAG(std::string, output, "table", "table or json");
ABSL_FLAG(std::string, home, "", "Where ./run keeps its state; VSV_HOME, otherwise ./var");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file instead of the one that --as names");
ABSL_FLAG(std::string, tls_key, "", "PEM file: its private key");
ABSL_FLAG(std::string, tls_ca, "", "PEM file: roots; <home>/pki/ca.crt");
ABSL_FLAG(std::string, partners_address, "", "Address of partners; VSV_PARTNERS_ADDRESS");
ABSL_FLAG(std::string, programs_address, "", "Address of programs; VSV_PROGRAMS_ADDRESS");
ABSL_FLAG(std::string, dossiers_address, "", "Address of dossiers; VSV_DOSSIERS_ADDRESS");
ABSL_FLAG(std::string, outcomes_address, "", "Address of outcomes; VSV_OUTCOMES_ADDRESS");
ABSL_FLAG(absl::Duration, timeout, absl::Seconds(20), "How long to wait for an answer");
ABSL_FLAG(std::string, filter, "", "Filter of a list");
ABSL_FLAG(std::string, on, "", "Reference date, e.g. 2024-10-01; today when empty");
ABSL_FLAG(std::string, organisation, "", "Id of the organisation that gets a credential");
ABSL_FLAG(std::string, oin, "", "OIN of the organisation that gets a credential");
ABSL_FLAG(std::string, certificate, "", "PEM file of the certificate to register");
ABSL_FLAG(std::string, file, "", "File of requests to apply");
ABSL_FLAG(std::string, cursor_file, "", "File that keeps where a watch ended");
ABSL_FLAG(std::vector<std::string>, regions, {}, "Regions to watch, e.g. 16,19");
ABSL_FLAG(int, limit, -1, "Rows of a list (200), or batches of a watch (without end)");
ABSL_FLAG(bool, ignore_as, false, "Apply every request as --as, whoever the file names");

namespace vsv::vsvctl {
namespace {

constexpr int kRows = 200;
constexpr int kPortBase = 7400;

// The flag, else the environment, else `otherwise`.
std::string Setting(const std::string& flag, const char* variable, const std::string& otherwise) {
  if (!flag.empty()) return flag;
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : value;
}

absl::StatusOr<Options> ReadFlags(const std::vector<std::string>& words, bool watching) {
  Options options;
  VSV_ASSIGN_OR_RETURN(options.output, ParseOutput(absl::GetFlag(FLAGS_output)));
  options.as = Setting(absl::GetFlag(FLAGS_as), "VSV_AS", "");
  options.on_behalf_of = absl::GetFlag(FLAGS_on_behalf_of);
  options.purposes = absl::GetFlag(FLAGS_purpose);
  options.call_purpose = CallPurpose(words, options.purposes);
  options.home = Setting(absl::GetFlag(FLAGS_home), "VSV_HOME", "./var");
  options.tls_certificate = absl::GetFlag(FLAGS_tls_certificate);
  options.tls_key = absl::GetFlag(FLAGS_tls_key);
  options.tls_ca = absl::GetFlag(FLAGS_tls_ca);
  int port_base = kPortBase;
  if (!absl::SimpleAtoi(Setting("", "VSV_PORT_BASE", absl::StrCat(kPortBase)), &port_base)) {
    return absl::InvalidArgumentError("VSV_PORT_BASE is a number such as 7400");
  }
  options.addresses = AddressesFrom(
      {{"partners", Setting(absl::GetFlag(FLAGS_partners_address), "VSV_PARTNERS_ADDRESS", "")},
       {"programs", Setting(absl::GetFlag(FLAGS_programs_address), "VSV_PROGRAMS_ADDRESS", "")},
       {"dossiers", Setting(absl::GetFlag(FLAGS_dossiers_address), "VSV_DOSSIERS_ADDRESS", "")},
       {"outcomes", Setting(absl::GetFlag(FLAGS_outcomes_address), "VSV_OUTCOMES_ADDRESS", "")}},
      port_base);
  options.timeout = absl::GetFlag(FLAGS_timeout);
  options.filter = absl::GetFlag(FLAGS_filter);
  options.on = absl::GetFlag(FLAGS_on);
  options.organisation = absl::GetFlag(FLAGS_organisation);
  options.oin = absl::GetFlag(FLAGS_oin);
  options.certificate = absl::GetFlag(FLAGS_certificate);
  options.file = absl::GetFlag(FLAGS_file);
  options.cursor_file = absl::GetFlag(FLAGS_cursor_file);
  options.regions = absl::GetFlag(FLAGS_regions);
  const int limit = absl::GetFlag(FLAGS_limit);
  options.limit = limit >= 0 ? limit : (watching ? 0 : kRows);
  options.ignore_as = absl::GetFlag(FLAGS_ignore_as);
  return options;
}

absl::Status Dispatch(const std::vector<std::string>& arguments) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> words, ParseFlags(arguments));
  const bool watching = words.size() >= 2 && words[0] == "dossiers" && words[1] == "watch";
  VSV_ASSIGN_OR_RETURN(const Options options, ReadFlags(words, watching));
  GrpcClient client(options);
  const Session session{client, options, std::cout, std::cerr};
  if (watching) return WatchDossiers(client, session);
  if (words.size() == 1 && words[0] == "health") return ShowHealth(client, session);
  return RunCommand(words, session);
}

bool AsksForHelp(const std::vector<std::string>& arguments) {
  return arguments.size() < 2 || arguments[1] == "help" ||
         std::any_of(arguments.begin(), arguments.end(),
                     [](const std::string& a) { return a == "--help" || a == "-h"; });
}

absl::Status Answer(const std::vector<std::string>& given) {
  if (!AsksForHelp(given)) return Dispatch(NormaliseArguments(given));
  std::cout << HelpText(given.size() > 2 && given[1] == "help" ? given[2] : "");
  return given.size() < 2 ? absl::InvalidArgumentError("say which command") : absl::OkStatus();
}

int Main(const std::vector<std::string>& given) {
  absl::Status status = Answer(given);
  // Of a list that is cut off nobody may think that it is whole.
  if (!std::cout.flush() && status.ok()) status = absl::DataLossError("cannot write the answer");
  if (!status.ok()) std::cerr << "vsvctl: " << Explain(status);
  return ExitCodeOf(status);
}

}  // namespace
}  // namespace vsv::vsvctl

int main(int argc, char** argv) {
  return vsv::vsvctl::Main(std::vector<std::string>(argv, argv + argc));
}

// vsv-load: callers in a closed loop against one server, over mutual TLS. Prints one line: calls
// answered per second, p50 and p99 in ms, milliseconds of its own processor time per call, calls
// begun, and the bytes of a reply.
#include "libs/base/status_macros.h"
#include "libs/rpc/tls.h"
#include "tests/load/callers.h"
#include "tests/load/figures.h"
#include "tests/load/workloads.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_format.h"

#include <iostream>

ABSL_FLAG(std::string, address, "", "Address and port of the server");
ABSL_FLAG(std::string, certificate, "", "Path of the caller's certificate and key, without suffix");
ABSL_FLAG(std::string, tls_ca, "", "Roots that the server's certificate must lead to");
ABSL_FLAG(std::string, workload, "", "What is called; see workloads.h");
ABSL_FLAG(int, callers, 1, "Calls under way at any moment");
ABSL_FLAG(absl::Duration, warm_up, absl::Seconds(1), "Time before anything counts");
ABSL_FLAG(absl::Duration, measured, absl::Seconds(2), "Time that counts");
ABSL_FLAG(std::string, region, "16", "Region of the dossiers");
ABSL_FLAG(int64_t, dossiers, 1, "Dossiers in the region");
ABSL_FLAG(std::string, line, "", "Name of the programme line");
ABSL_FLAG(std::string, page_token, "", "Page of ListDossiers; empty: the first");
ABSL_FLAG(bool, find_last_page, false, "Print the token of the last page and measure nothing");
ABSL_FLAG(std::vector<std::string>, organisations, {}, "Ids of the organisations to get");

namespace vsv::load {
namespace {

// One connection carries as many callers; more share the work of encrypting among threads.
constexpr int kCallersPerConnection = 16;

absl::StatusOr<std::vector<std::shared_ptr<grpc::Channel>>> Connect(int callers) {
  const std::string stem = absl::GetFlag(FLAGS_certificate);
  const rpc::TlsFiles files = {stem + ".crt", stem + ".key", absl::GetFlag(FLAGS_tls_ca)};
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < callers; i += kCallersPerConnection) {
    absl::StatusOr<std::shared_ptr<grpc::Channel>> channel =
        rpc::MakeChannel(absl::GetFlag(FLAGS_address), files);
    if (!channel.ok()) return channel.status();
    channels.push_back(*std::move(channel));
  }
  return channels;
}

WorkloadOptions OptionsFromFlags() {
  WorkloadOptions options;
  options.region = absl::GetFlag(FLAGS_region);
  options.dossiers = absl::GetFlag(FLAGS_dossiers);
  options.line = absl::GetFlag(FLAGS_line);
  options.organisations = absl::GetFlag(FLAGS_organisations);
  options.page_token = absl::GetFlag(FLAGS_page_token);
  return options;
}

// The line to print.
absl::StatusOr<std::string> Measure() {
  const Pace pace{absl::GetFlag(FLAGS_callers), absl::GetFlag(FLAGS_warm_up),
                  absl::GetFlag(FLAGS_measured)};
  VSV_ASSIGN_OR_RETURN(const auto channels, Connect(pace.callers));
  const WorkloadOptions options = OptionsFromFlags();
  if (absl::GetFlag(FLAGS_find_last_page)) return FindLastPage(options, channels.front());
  VSV_ASSIGN_OR_RETURN(const Workload workload,
                       MakeWorkload(absl::GetFlag(FLAGS_workload), options));
  const LoadResult result = RunCallers(channels, workload, pace);
  if (result.failed > 0 || result.answered == 0) {
    return absl::UnavailableError(
        absl::StrFormat("%d calls failed and %d were answered in time; the first: %s",
                        result.failed, result.answered, result.first_failure));
  }
  const auto calls = static_cast<double>(result.answered);
  return absl::StrFormat("%.6g %.6g %.6g %.6g %d %d", calls / result.seconds,
                         Percentile(result.latencies_ms, 50), Percentile(result.latencies_ms, 99),
                         result.cpu_ms / calls, result.begun, result.reply_bytes);
}

}  // namespace
}  // namespace vsv::load

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const absl::StatusOr<std::string> line = vsv::load::Measure();
  if (!line.ok()) {
    std::cerr << "vsv-load: " << line.status().message() << "\n";
    return 1;
  }
  std::cout << *line << "\n";
  return 0;
}

// vsv-feed: subscribers of WatchDossiers over mutual TLS, one per certificate.
//   --snapshot   reads the whole snapshot of each and prints: dossiers, seconds, own ms per dossier
//   otherwise    follows the tail and prints: changes that arrived while it measured, p50 and p99
//                in ms from the write (update_time) to the arrival here, own ms per change, and
//                all changes that it got. Reads on for what is under way when the time is over,
//                and fails when it does not get past that.
#include "libs/base/status_macros.h"
#include "libs/rpc/tls.h"
#include "tests/load/cpu_time.h"
#include "tests/load/figures.h"
#include "tests/load/lags.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"

#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

ABSL_FLAG(std::string, address, "", "Address and port of the dossiers service");
ABSL_FLAG(std::vector<std::string>, certificates, {},
          "Paths of certificate and key, without suffix");
ABSL_FLAG(std::string, tls_ca, "", "Roots that the server's certificate must lead to");
ABSL_FLAG(std::string, region, "16", "Region to follow");
ABSL_FLAG(bool, snapshot, false, "Read the snapshot instead of the tail");
ABSL_FLAG(absl::Duration, warm_up, absl::Seconds(2), "Time before anything counts");
ABSL_FLAG(absl::Duration, measured, absl::Seconds(2), "Time that counts");

namespace vsv::load {
namespace {

namespace pb = ::vsv::dossiers::v1;

// For what is under way when the time is over.
constexpr absl::Duration kPatience = absl::Seconds(3);

// One subscriber, on a thread of its own.
class Subscriber {
 public:
  Subscriber(const std::shared_ptr<grpc::Channel>& channel, absl::Time from, absl::Time until)
      : stub_(pb::DossierService::NewStub(channel)), lags_(from, until) {
    context_.AddMetadata("vsv-purpose", "rmc");
    context_.set_deadline(absl::ToChronoTime(until + kPatience));
  }

  // Ends with the snapshot, or with the time.
  void Follow(bool snapshot) {
    pb::WatchDossiersRequest request;
    request.add_regions(absl::StrCat("regions/", absl::GetFlag(FLAGS_region)));
    request.set_skip_snapshot(!snapshot);
    const auto reader = stub_->WatchDossiers(&context_, request);
    pb::WatchDossiersResponse batch;
    while (reader->Read(&batch)) {
      const absl::Time now = absl::Now();
      for (const pb::DossierChange& change : batch.changes()) Arrived(change, now);
      if (snapshot && batch.snapshot_complete()) {
        complete_ = true;
        context_.TryCancel();
      }
    }
    ended_ = reader->Finish();
  }

  absl::Status Judge(bool snapshot) const {
    const bool is_over = ended_.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
    if (snapshot ? complete_ : is_over && lags_.is_past()) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat("the stream ended before all had arrived: code ",
                                               static_cast<int>(ended_.error_code()), ", ",
                                               ended_.error_message()));
  }

  const Lags& lags() const { return lags_; }

 private:
  void Arrived(const pb::DossierChange& change, absl::Time now) {
    if (!change.has_upsert()) return;
    const auto& wrote = change.upsert().update_time();
    lags_.Arrived(absl::FromUnixSeconds(wrote.seconds()) + absl::Nanoseconds(wrote.nanos()), now);
  }

  const std::unique_ptr<pb::DossierService::Stub> stub_;
  grpc::ClientContext context_;
  grpc::Status ended_;
  bool complete_ = false;
  Lags lags_;
};

absl::StatusOr<std::string> Measure() {
  const bool snapshot = absl::GetFlag(FLAGS_snapshot);
  const absl::Time began = absl::Now();
  const absl::Time from = snapshot ? began : began + absl::GetFlag(FLAGS_warm_up);
  const absl::Time until =
      snapshot ? began + absl::Minutes(5) : from + absl::GetFlag(FLAGS_measured);
  std::vector<std::unique_ptr<Subscriber>> subscribers;
  for (const std::string& stem : absl::GetFlag(FLAGS_certificates)) {
    VSV_ASSIGN_OR_RETURN(
        const std::shared_ptr<grpc::Channel> channel,
        rpc::MakeChannel(absl::GetFlag(FLAGS_address),
                         {stem + ".crt", stem + ".key", absl::GetFlag(FLAGS_tls_ca)}));
    subscribers.push_back(std::make_unique<Subscriber>(channel, from, until));
  }
  const double cpu_before = CpuMilliseconds();
  std::vector<std::thread> threads;
  for (const auto& subscriber : subscribers) {
    threads.emplace_back([&subscriber, snapshot] { subscriber->Follow(snapshot); });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
  std::vector<double> lags;
  int64_t arrived = 0;
  int64_t received = 0;
  for (const auto& subscriber : subscribers) {
    VSV_RETURN_IF_ERROR(subscriber->Judge(snapshot));
    const Lags& of_one = subscriber->lags();
    lags.insert(lags.end(), of_one.lags_ms().begin(), of_one.lags_ms().end());
    arrived += of_one.arrived();
    received += of_one.received();
  }
  if (arrived == 0) return absl::NotFoundError("nothing arrived in time");
  const double cpu = (CpuMilliseconds() - cpu_before) / static_cast<double>(received);
  if (snapshot) return absl::StrFormat("%d %.6g %.4g", received, seconds, cpu);
  return absl::StrFormat("%d %.6g %.6g %.4g %d", arrived, Percentile(lags, 50),
                         Percentile(lags, 99), cpu, received);
}

}  // namespace
}  // namespace vsv::load

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const absl::StatusOr<std::string> line = vsv::load::Measure();
  if (!line.ok()) {
    std::cerr << "vsv-feed: " << line.status().message() << "\n";
    return 1;
  }
  std::cout << *line << "\n";
  return 0;
}

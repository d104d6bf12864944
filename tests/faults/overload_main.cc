// vsv-overload: loads a running dossiers service as one school and judges what came of it.
//   overload   at peak, at many times that, and afterwards; rows into <history>/overload.tsv
//   storm      calls whose deadlines are over almost at once
//   judge      the verdict on <history>/overload.tsv
#include "libs/base/local_date.h"
#include "tests/faults/history_files.h"
#include "tests/faults/load.h"
#include "tests/faults/overload.h"
#include "tests/faults/write_sessions.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "deploy/dev/story/pupils.h"

ABSL_FLAG(std::string, dossiers_address, "", "Address of dossiers");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file: certificate of a school of region 16");
ABSL_FLAG(std::string, tls_key, "", "PEM file: its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM file: root of the service's certificate");
ABSL_FLAG(std::string, history, "", "Directory of the round's history");
ABSL_FLAG(uint64_t, seed, 1, "Seed of what is drawn");
ABSL_FLAG(int, round, 0, "Round of the campaign, from 0: each makes dossiers of its own");
ABSL_FLAG(double, factor, 5, "Overload, in times of the peak");
ABSL_FLAG(double, good_share, 0.8, "Least share of the peak that is done under overload");
ABSL_FLAG(double, lost_share, 0,
          "Most of the withdrawals and erasures that may be lost, as a share");
ABSL_FLAG(double, rate, 2000, "Calls a second of a storm");
ABSL_FLAG(int, seconds, 5, "Seconds of each phase");
ABSL_FLAG(int, recovery_seconds, 10, "Seconds that are watched after the overload");

namespace vsv::faults {
namespace {

constexpr int kConnections = 8;
constexpr int kCallers = 64;
constexpr int kUpdated = 400;
constexpr int kTakenBack = 400;
constexpr int kStormed = 400;
constexpr int kRoundsOfAYear = 7;  // test pupils suffice for so many rounds
constexpr int kYears = 3;          // in which a dossier can be made
constexpr int kSettle = 2;         // seconds until caches and connections are warm
constexpr double kAbove = 1.05;    // so that what is offered is not a little less than told

std::string FileText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string RowsPath() {
  return absl::StrCat(absl::GetFlag(FLAGS_history), "/overload.tsv");
}

std::unique_ptr<Load> NewLoad() {
  const ChannelKeys keys = {FileText(absl::GetFlag(FLAGS_tls_ca)),
                            FileText(absl::GetFlag(FLAGS_tls_certificate)),
                            FileText(absl::GetFlag(FLAGS_tls_key))};
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < kConnections; ++i)
    channels.push_back(InsistentChannel(absl::GetFlag(FLAGS_dossiers_address), keys));
  return std::make_unique<Load>(std::move(channels), "16", absl::GetFlag(FLAGS_seed));
}

double PeakOf(const Load& load) {
  return JudgeOverload(load.seconds()).peak;
}

// Summer of the transition that a round is about: the last one, and when the pupils run out, the
// next.
int YearOfRound() {
  return story::TransitionYear(base::LocalDay(absl::Now())) +
         absl::GetFlag(FLAGS_round) / kRoundsOfAYear;
}

int FirstPupilOfRound() {
  return absl::GetFlag(FLAGS_round) % kRoundsOfAYear * (kUpdated + kTakenBack + kStormed);
}

absl::Status Overload(Load& load) {
  const absl::Duration time = absl::Seconds(absl::GetFlag(FLAGS_seconds));
  absl::Status made = load.MakeDossiers(kUpdated, kTakenBack, FirstPupilOfRound(), YearOfRound());
  if (!made.ok()) return made;
  load.Closed(kCallers, absl::Seconds(kSettle), absl::Seconds(10));
  const size_t warm = load.seconds().size();
  load.Closed(kCallers, time, absl::Seconds(10));
  const double peak = PeakOf(load);
  load.Open(Phase::kOverload, absl::GetFlag(FLAGS_factor) * peak * kAbove, time, absl::Seconds(1),
            absl::Seconds(1));
  // A tenth of the load that it can bear, until it is borne.
  load.Open(Phase::kRecovery, peak / 10, absl::Seconds(absl::GetFlag(FLAGS_recovery_seconds)),
            absl::Seconds(1), absl::Seconds(1));
  load.AwaitAnswers();
  const std::vector<LoadSecond> seconds = load.seconds();
  for (size_t i = warm; i < seconds.size(); ++i) AppendRow(RowsPath(), ToRow(seconds[i]));
  for (const std::string& lost : load.lost()) std::cout << "  lost after " << lost << "\n";
  return absl::OkStatus();
}

absl::Status Storm(Load& load) {
  absl::Status made =
      load.MakeDossiers(kStormed, 0, FirstPupilOfRound() + kUpdated + kTakenBack, YearOfRound());
  if (!made.ok()) return made;
  load.Open(Phase::kOverload, absl::GetFlag(FLAGS_rate),
            absl::Seconds(absl::GetFlag(FLAGS_seconds)), absl::Milliseconds(1),
            absl::Milliseconds(60));
  load.AwaitAnswers();
  LoadSecond all;
  for (const LoadSecond& second : load.seconds()) {
    all.offered += second.offered;
    all.done += second.done;
    all.shed += second.shed;
    all.late += second.late;
    all.failed += second.failed;
  }
  std::cout << "  storm: " << all.offered << " calls, " << all.done << " done, " << all.shed
            << " shed, " << all.late << " late, " << all.failed << " failed\n";
  if (all.late == 0) return absl::InternalError("no deadline was missed: no storm");
  if (all.failed > 0) return absl::InternalError("calls failed otherwise than shed or late");
  return absl::OkStatus();
}

absl::Status Judge() {
  std::ifstream file(RowsPath());
  std::vector<LoadSecond> seconds;
  for (std::string line; std::getline(file, line);) {
    if (!FromRow(absl::StrSplit(line, '\t'), seconds.emplace_back()))
      return absl::InvalidArgumentError(absl::StrCat("not a row: ", line));
  }
  const OverloadReport report =
      JudgeOverload(seconds, {.factor = absl::GetFlag(FLAGS_factor),
                              .good_share = absl::GetFlag(FLAGS_good_share),
                              .lost_share = absl::GetFlag(FLAGS_lost_share)});
  const double share = report.peak > 0 ? report.goodput / report.peak : 0;
  std::cout << "  peak " << report.peak << "/s, offered " << report.offered << "/s, goodput "
            << report.goodput << "/s (" << static_cast<int>(100 * share) << " %), recovered after "
            << report.recovery_seconds << " s\n";
  for (const std::string& broken : report.broken) std::cout << "  BROKEN " << broken << "\n";
  return report.broken.empty() ? absl::OkStatus() : absl::InternalError("a promise was broken");
}

absl::Status Run(const std::string& command) {
  if (command == "judge") return Judge();
  if (absl::GetFlag(FLAGS_round) >= kYears * kRoundsOfAYear)
    return absl::OutOfRangeError("the test pupils suffice for 21 rounds: begin a new campaign");
  const std::unique_ptr<Load> load = NewLoad();
  if (command == "overload") return Overload(*load);
  if (command == "storm") return Storm(*load);
  return absl::InvalidArgumentError("the command is overload, storm or judge");
}

}  // namespace
}  // namespace vsv::faults

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Overload of dossiers: vsv-overload overload | storm | judge");
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  const absl::Status status = vsv::faults::Run(arguments.size() == 2 ? arguments[1] : "");
  if (status.ok()) return 0;
  std::cerr << "vsv-overload: " << status.ToString() << "\n";
  return 1;
}

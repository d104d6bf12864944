// vsv-check-history: judges the kept history of a campaign's round. Exit 0 only when all promises
// were kept, and the history shows what it was to show.
#include "tests/faults/evidence.h"
#include "tests/faults/history.h"
#include "tests/faults/history_files.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"

#include <iostream>

ABSL_FLAG(std::vector<std::string>, subscribers, {},
          "Sync clients and projections that the round had: each must have been compared");
ABSL_FLAG(std::vector<std::string>, trails, {},
          "Services whose audit trail must be in the history");

namespace vsv::faults {
namespace {

void Summarise(const History& history) {
  std::cout << "  " << history.acknowledged.size() << " writes acknowledged, "
            << history.stored.size() << " resources, " << history.published.size()
            << " feed positions, " << history.shown.size() << " copies compared\n  "
            << history.told.size() << " repeated requests told, " << history.erased.size()
            << " dossiers erased, " << history.sightings.size() << " seen before, "
            << history.acts.size() << " answers looked up in the trail\n";
}

int Check(const std::string& directory, const Expected& expected) {
  constexpr size_t kShown = 40;
  const absl::StatusOr<History> history = ReadHistory(directory);
  if (!history.ok()) {
    std::cerr << "vsv-check-history: " << history.status() << "\n";
    return 2;
  }
  Summarise(*history);
  const std::vector<std::string> broken = BrokenPromises(*history);
  for (size_t i = 0; i < broken.size() && i < kShown; ++i)
    std::cout << "  BROKEN " << broken[i] << "\n";
  if (broken.size() > kShown) std::cout << "  and " << broken.size() - kShown << " more\n";
  const std::vector<std::string> unshown = Unshown(*history, expected);
  for (const std::string& what : unshown) std::cout << "  SHOWS NOTHING " << what << "\n";
  return broken.empty() && unshown.empty() ? 0 : 1;
}

}  // namespace
}  // namespace vsv::faults

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("vsv-check-history --subscribers=... --trails=... DIRECTORY");
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  const vsv::faults::Expected expected = {absl::GetFlag(FLAGS_subscribers),
                                          absl::GetFlag(FLAGS_trails)};
  if (arguments.size() != 2 || expected.subscribers.empty() || expected.trails.empty()) {
    std::cerr << "usage: " << absl::ProgramUsageMessage() << "\n";
    return 2;
  }
  return vsv::faults::Check(arguments[1], expected);
}

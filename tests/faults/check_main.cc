// vsv-check-history: judges the kept history of a campaign's round. Exit 0 only when all promises
// were kept.
#include "tests/faults/history.h"
#include "tests/faults/history_files.h"

#include <iostream>

int main(int argc, char** argv) {
  constexpr size_t kShown = 40;
  if (argc != 2) {
    std::cerr << "usage: vsv-check-history DIRECTORY\n";
    return 2;
  }
  const absl::StatusOr<vsv::faults::History> history = vsv::faults::ReadHistory(argv[1]);
  if (!history.ok()) {
    std::cerr << "vsv-check-history: " << history.status() << "\n";
    return 2;
  }
  std::cout << "  " << history->acknowledged.size() << " writes acknowledged, "
            << history->stored.size() << " resources, " << history->published.size()
            << " feed positions, " << history->shown.size() << " copies compared\n  "
            << history->told.size() << " repeated requests told, " << history->erased.size()
            << " dossiers erased, " << history->sightings.size() << " seen before, "
            << history->acts.size() << " answers looked up in the trail\n";
  const std::vector<std::string> broken = vsv::faults::BrokenPromises(*history);
  for (size_t i = 0; i < broken.size() && i < kShown; ++i)
    std::cout << "  BROKEN " << broken[i] << "\n";
  if (broken.size() > kShown) std::cout << "  and " << broken.size() - kShown << " more\n";
  const bool shows = !history->acknowledged.empty() && !history->told.empty() &&
                     !history->erased.empty() && !history->acts.empty();
  if (!shows) std::cout << "  nothing was written, imported or erased: this shows nothing\n";
  return broken.empty() && shows ? 0 : 1;
}

// Published figures in files, by both profiles: the first byte chooses.
#include "services/outcomes/import/figure_files.h"
#include "tests/fuzz/property.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  vsv::outcomes::FigureFile file;
  file.path = "figures.csv";
  file.profile = data[0] % 2 == 0 ? vsv::outcomes::FigureProfile::kVsvOfInstitution
                                  : vsv::outcomes::FigureProfile::kIndicatorsOfInstitution;
  file.organisation = "organisations/roc-a";
  file.display_name = "ROC A";
  file.publication = "of nobody";
  file.known_from_time = "2024-04-01T12:00:00Z";
  const auto mapped = vsv::outcomes::MapFigures(file, vsv::fuzz::Text(data + 1, size - 1));
  vsv::fuzz::Demand(mapped.ok() || mapped.status().code() == absl::StatusCode::kInvalidArgument,
                    "what cannot be read is refused by its row");
  return 0;
}

// Published figures in delimited files to requests of the contract. Client-side: what the story and
// vsvctl use. A profile says what the columns of one publication mean; data/figures/README.md
// documents each.
#pragma once

#include "vsv/outcomes/v1/figure_requests.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>
#include <vector>

namespace vsv::outcomes {

// How a file is to be read.
enum class FigureProfile {
  // One institution's new vsv'ers per school year and level, with the national percentage beside:
  // schooljaar,status,niveau,vsv_aantal,vsv_pct_romn,vsv_pct_landelijk,afgeleide_noemer
  kVsvOfInstitution,
  // Indicators of one institution and its units per reporting year:
  // indicator,level,unit_code,unit_name,year,value,unit,unit_kind
  kIndicatorsOfInstitution,
};

// A file with what it does not say itself.
struct FigureFile {
  std::string path;  // below the source directory
  FigureProfile profile = FigureProfile::kVsvOfInstitution;
  std::string organisation;     // resource name of the institution
  std::string display_name;     // its name, where the rows do not say it
  std::string publication;      // where the figures were published
  std::string known_from_time;  // RFC 3339: from when they were known
};

// A row that the two-thirds rule leaves out, or that is no figure of a known kind.
struct LeftOutRow {
  int row = 0;            // line of the file, the header being 1
  std::string name;       // of the unit
  std::string reason;     // e.g. "a route, no college"
  bool imported = false;  // it is a figure all the same, of a slice of kind OTHER
};

struct MappedFigures {
  v1::ImportFiguresRequest request;  // without request_id
  std::vector<LeftOutRow> left_out;
};

// Maps the text of a file. INVALID_ARGUMENT names the row and column of what cannot be read;
// nothing is guessed.
absl::StatusOr<MappedFigures> MapFigures(const FigureFile& file, absl::string_view text);

// The two publications that the repository carries in data/figures.
std::vector<FigureFile> SampleFigureFiles();

// Reads `source_dir`/`file.path` and maps it. NOT_FOUND when it cannot be read.
absl::StatusOr<MappedFigures> MapFigureFile(const FigureFile& file, const std::string& source_dir);
absl::StatusOr<v1::ImportFiguresRequest> ReadFigureFile(const FigureFile& file,
                                                        const std::string& source_dir);

}  // namespace vsv::outcomes

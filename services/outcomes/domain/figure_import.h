// What an import of figures would change, decided from what is known. Pure; shared by every store.
#pragma once

#include "services/outcomes/domain/figure.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {

struct KnownFigures {
  std::set<std::pair<std::string, int>> definitions;     // (indicator, definition version)
  std::map<std::string, std::vector<Figure>> histories;  // by cell, ascending known_from
};

// A stored version that is followed by an imported one.
struct Superseded {
  std::string cell;
  absl::Time known_from;
  absl::Time superseded_at;
};

struct FigureImport {
  std::vector<absl::StatusOr<Admission>> verdicts;  // one per row, in order
  std::vector<Figure> added;           // with superseded_at where a later row of the import follows
  std::vector<Superseded> superseded;  // of the stored versions
};

// Judges the rows one after the other, each on what the rows before it left.
FigureImport PlanImport(KnownFigures known, absl::Span<const Figure> rows);

}  // namespace vsv::outcomes

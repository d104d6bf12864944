// The store of figures. This header is the specification; testing/ and storage/ implement it.
#pragma once

#include "services/outcomes/domain/call.h"
#include "services/outcomes/domain/figure.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

struct ImportFiguresCommand {
  Mutation mutation;
  std::vector<Figure>
      figures;  // `id` set, complete and valid; versions of one cell in the order they became known
};

// What a list may be narrowed by.
struct FigureFilter {
  std::optional<std::string> indicator_id;
  std::optional<std::string> organisation_id;
  std::optional<Level> level;
  std::optional<Period> period;
  std::optional<SliceKind> kind;
  std::optional<std::string> unit_code;
  std::optional<FigureStatus> status;
  std::optional<FigureOrigin> origin;
};

// Sort key of a figure: its cell, then the moment it became known.
struct FigurePosition {
  std::string cell;  // CellOf(key)
  absl::Time known_from;
};

struct ListFiguresCommand {
  FigureFilter filter;
  absl::Time as_known;           // nothing that became known later
  bool show_superseded = false;  // false: one version per cell, the one known at `as_known`
  std::optional<FigurePosition> after;
  int limit = 50;
  absl::Time deadline;
};

// All published and estimated slices of one indicator, definition, organisation and level, one
// version per cell.
struct SlicesQuery {
  std::string indicator_id;
  int definition_version = 1;
  std::string organisation_id;
  Level level = Level::kTotal;
  absl::Time as_known;
};

// Thread-safe. Errors of every operation: DATABASE_UNAVAILABLE, OVERLOADED, DEADLINE_EXCEEDED, of
// Import also OUTCOME_UNKNOWN.
class FigureStore {
 public:
  virtual ~FigureStore() = default;
  // One verdict per row: what Admit says, or INDICATOR_NOT_FOUND (or not in that definition); a
  // refused row does not touch its neighbours. Error of the whole: REQUEST_ID_REUSED. Importing
  // twice changes nothing, so a replay judges the rows again (those added before are unchanged now)
  // and writes nothing.
  virtual absl::StatusOr<std::vector<absl::StatusOr<Admission>>> ImportFigures(
      const ImportFiguresCommand& command) = 0;
  // Ordered by position.
  virtual absl::StatusOr<std::vector<Figure>> ListFigures(const ListFiguresCommand& command) = 0;
  // One list per query, in order; each ordered by cell.
  virtual absl::StatusOr<std::vector<std::vector<Figure>>> GetSlices(
      absl::Span<const SlicesQuery> queries, absl::Time deadline) = 0;
};

}  // namespace vsv::outcomes

#include "services/outcomes/domain/figure_import.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

namespace vsv::outcomes {
namespace {

absl::StatusOr<Admission> JudgeRow(KnownFigures& known, const Figure& row) {
  if (!known.definitions.contains({row.key.indicator_id, row.key.definition_version})) {
    return errors::NotFound("INDICATOR");
  }
  std::vector<Figure>& history = known.histories[CellOf(row.key)];
  VSV_ASSIGN_OR_RETURN(const Admission admission, Admit(history, row));
  if (admission == Admission::kAdded) {
    if (!history.empty()) history.back().superseded_at = row.known_from;
    history.push_back(row);
  }
  return admission;
}

}  // namespace

FigureImport PlanImport(KnownFigures known, absl::Span<const Figure> rows) {
  FigureImport import;
  std::map<std::string, size_t> stored;
  for (const auto& [cell, history] : known.histories) stored[cell] = history.size();
  for (const Figure& row : rows) import.verdicts.push_back(JudgeRow(known, row));
  for (auto& [cell, history] : known.histories) {
    const size_t before = stored[cell];
    for (size_t i = before; i < history.size(); ++i) import.added.push_back(history[i]);
    if (before == 0 || before == history.size()) continue;
    const Figure& last = history[before - 1];
    import.superseded.push_back({cell, last.known_from, *last.superseded_at});
  }
  return import;
}

}  // namespace vsv::outcomes

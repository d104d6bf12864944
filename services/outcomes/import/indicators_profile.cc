// Profile kIndicatorsOfInstitution.
#include "libs/base/status_macros.h"
#include "services/outcomes/import/profiles.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include <map>

namespace vsv::outcomes {
namespace {

// Names of the publication's indicators that differ from ours; the others are ours with '-' for
// '_'.
std::string IndicatorName(absl::string_view name) {
  if (name == "vsv") return "indicators/vsv-percentage";
  return absl::StrCat("indicators/", absl::StrReplaceAll(name, {{"_", "-"}}));
}

absl::StatusOr<v1::Level> LevelOf(const FigureTable& table, size_t row) {
  static const auto* const levels = new std::map<std::string, v1::Level>{
      {"", v1::LEVEL_TOTAL},    {"total", v1::LEVEL_TOTAL}, {"entree", v1::LEVEL_ENTREE},
      {"mbo2", v1::LEVEL_MBO2}, {"mbo3", v1::LEVEL_MBO3},   {"mbo4", v1::LEVEL_MBO4}};
  VSV_ASSIGN_OR_RETURN(const std::string text, table.Cell(row, "level"));
  const auto entry = levels->find(text);
  if (entry == levels->end()) return FigureTable::Error(row, "level", "is no known level");
  return entry->second;
}

// What the row is about. A row without code is no college, whatever it is called.
absl::StatusOr<v1::SliceKind> KindOf(const FigureTable& table, size_t row) {
  VSV_ASSIGN_OR_RETURN(const std::string kind, table.Cell(row, "unit_kind"));
  VSV_ASSIGN_OR_RETURN(const std::string code, table.Cell(row, "unit_code"));
  VSV_ASSIGN_OR_RETURN(const std::string name, table.Cell(row, "unit_name"));
  if (kind == "national") return v1::SLICE_KIND_NATIONAL;
  // The table by domain repeats the institution's own row.
  if (kind == "institution" || (kind == "domain" && absl::EndsWith(name, "(total)"))) {
    return v1::SLICE_KIND_INSTITUTION;
  }
  if (kind == "domain") return v1::SLICE_KIND_DOMAIN;
  if (kind == "college" && !code.empty()) return v1::SLICE_KIND_COLLEGE;
  if (kind == "college" || kind == "route") return v1::SLICE_KIND_OTHER;
  return FigureTable::Error(row, "unit_kind", "is no known kind");
}

absl::Status FillSlice(const FigureTable& table, size_t row, v1::Figure& figure) {
  v1::Slice& slice = *figure.mutable_slice();
  VSV_ASSIGN_OR_RETURN(const v1::SliceKind kind, KindOf(table, row));
  VSV_ASSIGN_OR_RETURN(const v1::Level level, LevelOf(table, row));
  VSV_ASSIGN_OR_RETURN(const std::string code, table.Cell(row, "unit_code"));
  VSV_ASSIGN_OR_RETURN(const std::string name, table.Cell(row, "unit_name"));
  VSV_ASSIGN_OR_RETURN(const std::string year, table.Cell(row, "year"));
  slice.set_kind(kind);
  slice.set_level(level);
  slice.set_period(year);
  figure.set_unit_display_name(name);
  if (kind == v1::SLICE_KIND_NATIONAL) return absl::OkStatus();
  slice.set_organisation(table.file().organisation);
  if (kind != v1::SLICE_KIND_INSTITUTION) slice.set_unit_code(code.empty() ? name : code);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MappedFigures> MapIndicatorsOfInstitution(const FigureTable& table) {
  MappedFigures mapped;
  for (size_t row = 0; row < table.size(); ++row) {
    VSV_ASSIGN_OR_RETURN(const std::string indicator, table.Cell(row, "indicator"));
    v1::Figure figure = table.Start(IndicatorName(indicator));
    VSV_RETURN_IF_ERROR(FillSlice(table, row, figure));
    VSV_ASSIGN_OR_RETURN(*figure.mutable_value(), table.DecimalCell(row, "value"));
    if (figure.slice().kind() == v1::SLICE_KIND_OTHER) {
      mapped.left_out.push_back(
          {FigureTable::LineOf(row), figure.unit_display_name(),
           absl::StrCat("no college: without unit_code, ", indicator, " ", figure.slice().period()),
           /*imported=*/true});
    }
    *mapped.request.add_figures() = std::move(figure);
  }
  return mapped;
}

}  // namespace vsv::outcomes

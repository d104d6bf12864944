// Profile kVsvOfInstitution.
#include "libs/base/status_macros.h"
#include "services/outcomes/import/profiles.h"

#include <map>

namespace vsv::outcomes {
namespace {

constexpr const char* kIndicator = "indicators/vsv-percentage";
// The national definition that applies from 2019-2020, with 2017-2019 restated by it.
constexpr int kDefinition = 3;

absl::StatusOr<v1::Level> LevelOf(const FigureTable& table, size_t row) {
  static const auto* const levels = new std::map<std::string, v1::Level>{
      {"1", v1::LEVEL_ENTREE}, {"2", v1::LEVEL_MBO2},    {"3", v1::LEVEL_MBO3},
      {"4", v1::LEVEL_MBO4},   {"VAVO", v1::LEVEL_VAVO}, {"TOTAAL", v1::LEVEL_TOTAL}};
  VSV_ASSIGN_OR_RETURN(const std::string text, table.Cell(row, "niveau"));
  const auto entry = levels->find(text);
  if (entry == levels->end()) return FigureTable::Error(row, "niveau", "is no known level");
  return entry->second;
}

absl::StatusOr<v1::FigureStatus> StatusOf(const FigureTable& table, size_t row) {
  VSV_ASSIGN_OR_RETURN(const std::string text, table.Cell(row, "status"));
  if (text == "definitief") return v1::FIGURE_STATUS_DEFINITIVE;
  if (text == "voorlopig") return v1::FIGURE_STATUS_PROVISIONAL;
  return FigureTable::Error(row, "status", "is neither definitief nor voorlopig");
}

// What both figures of a row share.
absl::StatusOr<v1::Figure> RowFigure(const FigureTable& table, size_t row) {
  v1::Figure figure = table.Start(kIndicator);
  figure.set_definition_version(kDefinition);
  VSV_ASSIGN_OR_RETURN(const v1::FigureStatus status, StatusOf(table, row));
  VSV_ASSIGN_OR_RETURN(const v1::Level level, LevelOf(table, row));
  VSV_ASSIGN_OR_RETURN(const std::string period, table.Cell(row, "schooljaar"));
  figure.set_status(status);
  figure.mutable_slice()->set_level(level);
  figure.mutable_slice()->set_period(period);
  return figure;
}

}  // namespace

absl::StatusOr<MappedFigures> MapVsvOfInstitution(const FigureTable& table) {
  MappedFigures mapped;
  for (size_t row = 0; row < table.size(); ++row) {
    VSV_ASSIGN_OR_RETURN(v1::Figure own, RowFigure(table, row));
    v1::Figure national = own;
    own.mutable_slice()->set_kind(v1::SLICE_KIND_INSTITUTION);
    own.mutable_slice()->set_organisation(table.file().organisation);
    own.set_unit_display_name(table.file().display_name);
    VSV_ASSIGN_OR_RETURN(*own.mutable_value(), table.DecimalCell(row, "vsv_pct_romn"));
    VSV_ASSIGN_OR_RETURN(const int64_t leavers, table.CountCell(row, "vsv_aantal"));
    VSV_ASSIGN_OR_RETURN(const int64_t whole, table.CountCell(row, "afgeleide_noemer"));
    own.set_numerator_count(leavers);
    own.set_denominator_count(whole);
    own.set_denominator_derived(true);
    national.mutable_slice()->set_kind(v1::SLICE_KIND_NATIONAL);
    VSV_ASSIGN_OR_RETURN(*national.mutable_value(), table.DecimalCell(row, "vsv_pct_landelijk"));
    *mapped.request.add_figures() = std::move(own);
    *mapped.request.add_figures() = std::move(national);
  }
  return mapped;
}

}  // namespace vsv::outcomes

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/import/profiles.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace vsv::outcomes {

absl::StatusOr<FigureTable> FigureTable::Read(const FigureFile& file, absl::string_view text) {
  VSV_ASSIGN_OR_RETURN(base::CsvTable table, base::ReadCsvTable(text));
  absl::Time known_from;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, file.known_from_time, &known_from, &error)) {
    return absl::InvalidArgumentError(absl::StrCat("known_from_time: ", error));
  }
  return FigureTable(file, std::move(table), aip::ToProto(known_from));
}

absl::Status FigureTable::Error(size_t row, absl::string_view column, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("row ", LineOf(row), ", column ", column, ": ", what));
}

absl::StatusOr<std::string> FigureTable::Cell(size_t row, absl::string_view column) const {
  const absl::StatusOr<size_t> place = table_.Column(column);
  if (!place.ok()) return Error(row, column, "there is no such column");
  return table_.rows[row][*place];
}

absl::StatusOr<v1::Decimal> FigureTable::DecimalCell(size_t row, absl::string_view column) const {
  VSV_ASSIGN_OR_RETURN(const std::string text, Cell(row, column));
  const absl::StatusOr<Decimal> decimal = Decimal::Parse(text);
  if (!decimal.ok()) return Error(row, column, "is no decimal number");
  v1::Decimal proto;
  proto.set_unscaled_value(decimal->unscaled);
  proto.set_scale(decimal->scale);
  return proto;
}

absl::StatusOr<int64_t> FigureTable::CountCell(size_t row, absl::string_view column) const {
  VSV_ASSIGN_OR_RETURN(const std::string text, Cell(row, column));
  int64_t count = 0;
  if (!absl::SimpleAtoi(text, &count) || count < 0) return Error(row, column, "is no count");
  return count;
}

v1::Figure FigureTable::Start(const std::string& indicator) const {
  v1::Figure figure;
  figure.set_indicator(indicator);
  figure.set_definition_version(1);
  figure.set_origin(v1::FIGURE_ORIGIN_PUBLISHED);
  figure.set_status(v1::FIGURE_STATUS_DEFINITIVE);
  *figure.mutable_known_from_time() = known_from_;
  figure.set_source(file_.publication);
  return figure;
}

}  // namespace vsv::outcomes

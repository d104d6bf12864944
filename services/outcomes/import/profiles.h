// The mapping profiles behind figure_files.h.
#pragma once

#include "libs/base/csv.h"
#include "services/outcomes/import/figure_files.h"

#include "google/protobuf/timestamp.pb.h"
#include "vsv/outcomes/v1/figure.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// The rows of a file with what the file does not say itself.
class FigureTable {
 public:
  static absl::StatusOr<FigureTable> Read(const FigureFile& file, absl::string_view text);

  size_t size() const { return table_.rows.size(); }

  const FigureFile& file() const { return file_; }

  // Line of the file: the header is 1.
  static int LineOf(size_t row) { return static_cast<int>(row) + 2; }

  // A cell. INVALID_ARGUMENT when there is no such column.
  absl::StatusOr<std::string> Cell(size_t row, absl::string_view column) const;
  absl::StatusOr<v1::Decimal> DecimalCell(size_t row, absl::string_view column) const;
  absl::StatusOr<int64_t> CountCell(size_t row, absl::string_view column) const;
  // "row 3, column niveau: what".
  static absl::Status Error(size_t row, absl::string_view column, absl::string_view what);

  // A figure with indicator, source, origin and moment filled in.
  v1::Figure Start(const std::string& indicator) const;

 private:
  FigureTable(FigureFile file, base::CsvTable table, google::protobuf::Timestamp known_from)
      : file_(std::move(file)), table_(std::move(table)), known_from_(std::move(known_from)) {}

  FigureFile file_;
  base::CsvTable table_;
  google::protobuf::Timestamp known_from_;
};

absl::StatusOr<MappedFigures> MapVsvOfInstitution(const FigureTable& table);
absl::StatusOr<MappedFigures> MapIndicatorsOfInstitution(const FigureTable& table);

}  // namespace vsv::outcomes

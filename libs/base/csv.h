// Comma-separated values (RFC 4180) from sources that are not trusted.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <string>
#include <vector>

namespace vsv::base {

struct CsvOptions {
  char separator = ',';
  size_t max_bytes = size_t{64} << 20;        // of the whole text
  size_t max_rows = 1'000'000;                // the header included
  size_t max_columns = 512;                   // per row
  size_t max_field_bytes = size_t{64} << 10;  // after unquoting
};

// Reads row by row. Line ends are LF or CRLF, the last may be missing; a byte order mark is
// skipped. Refused, with row and column counted from 1: text that is no UTF-8, NUL, a quote inside
// an unquoted field, anything but a separator behind a closing quote, a quote that is never closed,
// a lone CR, and whatever exceeds the limits.
class CsvReader {
 public:
  // `text` must outlive the reader.
  explicit CsvReader(absl::string_view text, CsvOptions options = {});

  // True with the next row in `row`; false at the end. INVALID_ARGUMENT "row 3, column 2: ..." ends
  // the reading.
  absl::StatusOr<bool> Next(std::vector<std::string>& row);

  // The row that Next returned last, counted from 1; a header is row 1.
  size_t row_number() const { return row_number_; }

 private:
  absl::Status CheckText() const;
  absl::Status ReadField(size_t column, std::string& field);
  absl::Status ReadQuoted(size_t column, std::string& field);
  absl::Status ReadPlain(size_t column, std::string& field);
  // True when a line end was taken.
  bool TakeLineEnd();
  absl::Status Error(size_t column, absl::string_view what) const;

  absl::string_view text_;
  CsvOptions options_;
  bool checked_ = false;
  size_t at_ = 0;
  size_t row_number_ = 0;
};

// A table with a header: every row has a value in every column.
struct CsvTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  // Position of a column; NOT_FOUND when the header does not name it.
  absl::StatusOr<size_t> Column(absl::string_view name) const;
};

// Reads all of it. INVALID_ARGUMENT also for a missing header, a column named twice, and a row of
// another length.
absl::StatusOr<CsvTable> ReadCsvTable(absl::string_view text, const CsvOptions& options = {});

// One row with its line end (CRLF), quoted where it must be; CsvReader reads it back as it was.
std::string FormatCsvRow(absl::Span<const std::string> fields, char separator = ',');

}  // namespace vsv::base

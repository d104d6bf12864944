#include "libs/base/csv.h"

#include "libs/base/status_macros.h"
#include "libs/base/utf8.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <set>
#include <utility>

namespace vsv::base {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(absl::string_view text, CsvOptions options) : text_(text), options_(options) {
  if (absl::StartsWith(text_, kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

absl::Status CsvReader::Error(size_t column, absl::string_view what) const {
  return absl::InvalidArgumentError(
      absl::StrCat("row ", row_number_, ", column ", column, ": ", what));
}

absl::Status CsvReader::CheckText() const {
  if (text_.size() > options_.max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("the text is larger than ", options_.max_bytes, " bytes"));
  }
  return absl::OkStatus();
}

bool CsvReader::TakeLineEnd() {
  if (absl::StartsWith(text_.substr(at_), "\r\n")) {
    at_ += 2;
    return true;
  }
  if (at_ < text_.size() && text_[at_] == '\n') {
    ++at_;
    return true;
  }
  return false;
}

absl::Status CsvReader::ReadQuoted(size_t column, std::string& field) {
  ++at_;  // the opening quote
  while (at_ < text_.size()) {
    const size_t quote = text_.find('"', at_);
    if (quote == absl::string_view::npos) break;
    absl::StrAppend(&field, text_.substr(at_, quote - at_));
    at_ = quote + 1;
    const bool doubled = at_ < text_.size() && text_[at_] == '"';
    if (!doubled) return absl::OkStatus();
    field.push_back('"');
    ++at_;
  }
  return Error(column, "a quoted field is never closed");
}

absl::Status CsvReader::ReadPlain(size_t column, std::string& field) {
  const size_t start = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == options_.separator || c == '\n' || c == '\r') break;
    if (c == '"') return Error(column, "a quote inside a field that is not quoted");
    ++at_;
  }
  absl::StrAppend(&field, text_.substr(start, at_ - start));
  return absl::OkStatus();
}

absl::Status CsvReader::ReadField(size_t column, std::string& field) {
  const bool quoted = at_ < text_.size() && text_[at_] == '"';
  VSV_RETURN_IF_ERROR(quoted ? ReadQuoted(column, field) : ReadPlain(column, field));
  if (field.size() > options_.max_field_bytes) {
    return Error(column, absl::StrCat("longer than ", options_.max_field_bytes, " bytes"));
  }
  if (!IsValidUtf8(field)) return Error(column, "not UTF-8");
  if (absl::StrContains(field, absl::string_view("\0", 1))) return Error(column, "holds NUL");
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvReader::Next(std::vector<std::string>& row) {
  row.clear();
  if (!checked_) VSV_RETURN_IF_ERROR(CheckText());
  checked_ = true;
  if (at_ >= text_.size()) return false;
  ++row_number_;
  if (row_number_ > options_.max_rows) {
    return Error(1, absl::StrCat("more than ", options_.max_rows, " rows"));
  }
  while (true) {
    const size_t column = row.size() + 1;
    if (column > options_.max_columns) {
      return Error(column, absl::StrCat("more than ", options_.max_columns, " columns"));
    }
    std::string field;
    VSV_RETURN_IF_ERROR(ReadField(column, field));
    row.push_back(std::move(field));
    if (at_ >= text_.size() || TakeLineEnd()) return true;
    if (text_[at_] != options_.separator) {
      return Error(column, text_[at_] == '\r' ? "a carriage return without a line feed"
                                              : "text behind a closing quote");
    }
    ++at_;
  }
}

absl::StatusOr<size_t> CsvTable::Column(absl::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return absl::NotFoundError(absl::StrCat("no column named ", name));
  return static_cast<size_t>(found - header.begin());
}

absl::StatusOr<CsvTable> ReadCsvTable(absl::string_view text, const CsvOptions& options) {
  CsvReader reader(text, options);
  CsvTable table;
  VSV_ASSIGN_OR_RETURN(const bool any, reader.Next(table.header));
  if (!any) return absl::InvalidArgumentError("row 1, column 1: there is no header");
  std::set<std::string> names;
  for (size_t i = 0; i < table.header.size(); ++i) {
    if (!names.insert(table.header[i]).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("row 1, column ", i + 1, ": this column is named twice"));
    }
  }
  std::vector<std::string> row;
  while (true) {
    VSV_ASSIGN_OR_RETURN(const bool more, reader.Next(row));
    if (!more) return table;
    if (row.size() != table.header.size()) {
      return absl::InvalidArgumentError(absl::StrCat("row ", reader.row_number(), ", column ",
                                                     row.size(), ": the row has ", row.size(),
                                                     " columns, the header ", table.header.size()));
    }
    table.rows.push_back(std::move(row));
  }
}

std::string FormatCsvRow(absl::Span<const std::string> fields, char separator) {
  std::string line;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line.push_back(separator);
    const std::string& field = fields[i];
    // A byte order mark in front of a text is taken for the text's own.
    const bool plain =
        field.find_first_of(std::string("\"\r\n") + separator) == std::string::npos &&
        !absl::StartsWith(field, kByteOrderMark);
    // A lone empty field would make an empty line, which some readers skip.
    if (plain && !(fields.size() == 1 && field.empty())) {
      line += field;
      continue;
    }
    line.push_back('"');
    for (const char c : field) line.append(c == '"' ? 2 : 1, c);
    line.push_back('"');
  }
  return line + "\r\n";
}

}  // namespace vsv::base

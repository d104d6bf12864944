#include "libs/pg/result.h"

#include "libs/pg/array_literal.h"
#include "libs/pg/result_impl.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <utility>

namespace vsv::pg {
namespace {

// Type oids of pg_type.dat; they never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kByteaArray = 1001;
constexpr Oid kInt2Array = 1005;
constexpr Oid kInt4Array = 1007;
constexpr Oid kInt8Array = 1016;
constexpr Oid kDate = 1082;
constexpr Oid kTimestamptz = 1184;
constexpr Oid kNumeric = 1700;

// A column that is not there or of another type is a mistake in the program, not in the data: no
// row can be right.
[[noreturn]] void Abort(const ResultData& impl, absl::string_view column, absl::string_view why) {
  const std::string message =
      absl::StrCat("libs/pg: statement ", impl.statement, ", column ", column, ": ", why, "\n");
  std::fputs(message.c_str(), stderr);
  std::abort();
}

int ColumnIndex(const ResultData& impl, absl::string_view column) {
  for (size_t i = 0; i < impl.columns.size(); ++i) {
    if (impl.columns[i] == column) return static_cast<int>(i);
  }
  Abort(impl, column, "no such column");
}

absl::string_view Cell(const ResultData& impl, int row, int index) {
  return {PQgetvalue(impl.result.get(), row, index),
          static_cast<size_t>(PQgetlength(impl.result.get(), row, index))};
}

// The text of a cell that must be there and of a type that `accepts`.
template <typename Accepts>
absl::string_view Typed(const ResultData& impl, int row, absl::string_view column,
                        const char* wanted, Accepts accepts) {
  const int index = ColumnIndex(impl, column);
  const Oid type = PQftype(impl.result.get(), index);
  if (!accepts(type))
    Abort(impl, column, absl::StrCat("read as ", wanted, " but of type oid ", type));
  if (PQgetisnull(impl.result.get(), row, index) != 0)
    Abort(impl, column, "NULL where a value was promised");
  return Cell(impl, row, index);
}

bool IsInteger(Oid type) {
  return type == kInt2 || type == kInt4 || type == kInt8;
}

// The session's time zone is UTC and its date style ISO (see connection.cc): "2026-11-22
// 13:00:39.123456+00".
std::optional<absl::Time> ParseTimestamp(absl::string_view text) {
  if (text == "infinity") return absl::InfiniteFuture();
  if (text == "-infinity") return absl::InfinitePast();
  if (!absl::EndsWith(text, "+00")) return std::nullopt;
  text.remove_suffix(3);
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%E*S", text, absl::UTCTimeZone(), &time, &error))
    return std::nullopt;
  return time;
}

std::vector<std::optional<std::string>> Elements(const ResultData& impl, int row,
                                                 absl::string_view column) {
  const int index = ColumnIndex(impl, column);
  if (PQgetisnull(impl.result.get(), row, index) != 0) return {};
  auto elements = ParseArrayLiteral(Cell(impl, row, index));
  if (!elements.has_value()) Abort(impl, column, "not a one-dimensional array");
  return *std::move(elements);
}

}  // namespace

Result MakeResult(std::shared_ptr<pg_result> result, const char* statement) {
  auto impl = std::make_shared<ResultData>();
  const int columns = PQnfields(result.get());
  for (int i = 0; i < columns; ++i) impl->columns.emplace_back(PQfname(result.get(), i));
  impl->result = std::move(result);
  impl->statement = statement;
  return Result(std::move(impl));
}

int Result::size() const {
  return PQntuples(data_->result.get());
}

int64_t Result::affected_rows() const {
  int64_t count = 0;
  return absl::SimpleAtoi(PQcmdTuples(data_->result.get()), &count) ? count : 0;
}

bool Row::IsNull(absl::string_view column) const {
  const ResultData& impl = *result_;
  return PQgetisnull(impl.result.get(), row_, ColumnIndex(impl, column)) != 0;
}

std::string Row::Text(absl::string_view column) const {
  return std::string(Typed(*result_, row_, column, "text",
                           [](Oid type) { return type != kBytea && type != kBool; }));
}

int64_t Row::Int(absl::string_view column) const {
  int64_t value = 0;
  if (!absl::SimpleAtoi(Typed(*result_, row_, column, "integer", IsInteger), &value)) {
    Abort(*result_, column, "no integer");
  }
  return value;
}

double Row::Double(absl::string_view column) const {
  double value = 0;
  const auto accepts = [](Oid type) {
    return type == kFloat4 || type == kFloat8 || type == kNumeric || IsInteger(type);
  };
  if (!absl::SimpleAtod(Typed(*result_, row_, column, "number", accepts), &value)) {
    Abort(*result_, column, "no number");
  }
  return value;
}

bool Row::Bool(absl::string_view column) const {
  return Typed(*result_, row_, column, "boolean", [](Oid type) { return type == kBool; }) == "t";
}

absl::Time Row::Time(absl::string_view column) const {
  const absl::string_view text =
      Typed(*result_, row_, column, "timestamptz", [](Oid type) { return type == kTimestamptz; });
  const std::optional<absl::Time> time = ParseTimestamp(text);
  if (!time.has_value()) Abort(*result_, column, "a timestamp in another style than ISO and UTC");
  return *time;
}

absl::CivilDay Row::Day(absl::string_view column) const {
  const absl::string_view text =
      Typed(*result_, row_, column, "date", [](Oid type) { return type == kDate; });
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day))
    Abort(*result_, column, "a date that is no day (infinity?)");
  return day;
}

std::string Row::Bytes(absl::string_view column) const {
  std::optional<std::string> bytes =
      ParseBytea(Typed(*result_, row_, column, "bytea", [](Oid type) { return type == kBytea; }));
  if (!bytes.has_value()) Abort(*result_, column, "bytea in another form than hex");
  return *std::move(bytes);
}

std::optional<std::string> Row::OptionalText(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Text(column));
}

std::optional<int64_t> Row::OptionalInt(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int(column));
}

std::optional<double> Row::OptionalDouble(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Double(column));
}

std::optional<absl::Time> Row::OptionalTime(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Time(column));
}

std::optional<absl::CivilDay> Row::OptionalDay(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Day(column));
}

std::optional<std::string> Row::OptionalBytes(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Bytes(column));
}

std::vector<std::string> Row::TextArray(absl::string_view column) const {
  std::vector<std::string> values;
  for (std::optional<std::string>& element : Elements(*result_, row_, column)) {
    if (!element.has_value()) Abort(*result_, column, "NULL element in an array");
    values.push_back(*std::move(element));
  }
  return values;
}

std::vector<int64_t> Row::IntArray(absl::string_view column) const {
  const Oid type = PQftype(result_->result.get(), ColumnIndex(*result_, column));
  if (type != kInt2Array && type != kInt4Array && type != kInt8Array) {
    Abort(*result_, column, absl::StrCat("read as integer array but of type oid ", type));
  }
  std::vector<int64_t> values;
  for (const std::optional<std::string>& element : Elements(*result_, row_, column)) {
    int64_t value = 0;
    if (!element.has_value() || !absl::SimpleAtoi(*element, &value)) {
      Abort(*result_, column, "NULL element in an array");
    }
    values.push_back(value);
  }
  return values;
}

std::vector<std::string> Row::BytesArray(absl::string_view column) const {
  const Oid type = PQftype(result_->result.get(), ColumnIndex(*result_, column));
  if (type != kByteaArray)
    Abort(*result_, column, absl::StrCat("read as bytea[] but of type oid ", type));
  std::vector<std::string> values;
  for (const std::optional<std::string>& element : Elements(*result_, row_, column)) {
    std::optional<std::string> bytes = element.has_value() ? ParseBytea(*element) : std::nullopt;
    if (!bytes.has_value()) Abort(*result_, column, "NULL element in an array");
    values.push_back(*std::move(bytes));
  }
  return values;
}

}  // namespace vsv::pg

#include "libs/pg/result.h"

#include "libs/pg/binary.h"
#include "libs/pg/result_impl.h"

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
constexpr Oid kName = 19;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kJson = 114;
constexpr Oid kBpchar = 1042;
constexpr Oid kVarchar = 1043;
constexpr Oid kDate = 1082;
constexpr Oid kTimestamptz = 1184;
constexpr Oid kUuid = 2950;

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

bool IsInteger(Oid type) {
  return type == kInt2 || type == kInt4 || type == kInt8;
}

// Types whose binary form is text, and uuid.
bool IsText(Oid type) {
  return type == kText || type == kVarchar || type == kBpchar || type == kName || type == kJson ||
         type == kUuid;
}

template <Oid type>
bool Is(Oid found) {
  return found == type;
}

std::optional<std::string> TextOf(Oid type, absl::string_view bytes) {
  return type == kUuid ? ReadUuid(bytes) : std::optional<std::string>(bytes);
}

// Of a type that has one form.
template <auto read>
auto As(Oid /*type*/, absl::string_view bytes) {
  return read(bytes);
}

std::optional<std::string> Unchanged(absl::string_view bytes) {
  return std::string(bytes);
}

// What `read` makes of bytes of a type that `accepts`.
template <typename Accepts, typename Read>
auto Understood(const ResultData& impl, absl::string_view column, const char* wanted,
                Accepts accepts, Read read, Oid type, absl::string_view bytes) {
  if (!accepts(type))
    Abort(impl, column, absl::StrCat("read as ", wanted, " but of type oid ", type));
  auto value = read(type, bytes);
  if (!value.has_value()) Abort(impl, column, absl::StrCat("no ", wanted));
  return *std::move(value);
}

// Of a cell that must be there.
template <typename Accepts, typename Read>
auto Value(const ResultData& impl, int row, absl::string_view column, const char* wanted,
           Accepts accepts, Read read) {
  const int index = ColumnIndex(impl, column);
  if (PQgetisnull(impl.result.get(), row, index) != 0)
    Abort(impl, column, "NULL where a value was promised");
  return Understood(impl, column, wanted, accepts, read, PQftype(impl.result.get(), index),
                    Cell(impl, row, index));
}

// nullopt for NULL.
std::optional<BinaryArray> Elements(const ResultData& impl, int row, absl::string_view column) {
  const int index = ColumnIndex(impl, column);
  if (PQgetisnull(impl.result.get(), row, index) != 0) return std::nullopt;
  std::optional<BinaryArray> array = ReadArray(Cell(impl, row, index));
  if (!array.has_value()) Abort(impl, column, "not a one-dimensional array");
  return array;
}

// Of the elements of an array, of which none may be NULL; also none may be of another type, so that
// a mistake does not wait for the first element.
template <typename Accepts, typename Read>
auto Values(const ResultData& impl, int row, absl::string_view column, const char* wanted,
            Accepts accepts, Read read) {
  const std::optional<BinaryArray> array = Elements(impl, row, column);
  std::vector<typename decltype(read(Oid(), absl::string_view()))::value_type> values;
  if (!array.has_value()) return values;
  if (!accepts(array->element_type)) {
    Abort(impl, column,
          absl::StrCat("read as ", wanted, " but of elements of type oid ", array->element_type));
  }
  values.reserve(array->elements.size());
  for (const std::optional<absl::string_view>& element : array->elements) {
    if (!element.has_value()) Abort(impl, column, "NULL element in an array");
    values.push_back(
        Understood(impl, column, wanted, accepts, read, array->element_type, *element));
  }
  return values;
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
  return Value(*result_, row_, column, "text", IsText, TextOf);
}

int64_t Row::Int(absl::string_view column) const {
  return Value(*result_, row_, column, "integer", IsInteger, As<ReadInteger>);
}

bool Row::Bool(absl::string_view column) const {
  return Value(*result_, row_, column, "boolean", Is<kBool>, As<ReadBool>);
}

absl::Time Row::Time(absl::string_view column) const {
  return Value(*result_, row_, column, "timestamptz", Is<kTimestamptz>, As<ReadTime>);
}

absl::CivilDay Row::Day(absl::string_view column) const {
  return Value(*result_, row_, column, "date", Is<kDate>, As<ReadDay>);
}

size_t Row::Size() const {
  size_t bytes = 0;
  for (size_t i = 0; i < result_->columns.size(); ++i) {
    bytes += static_cast<size_t>(PQgetlength(result_->result.get(), row_, static_cast<int>(i)));
  }
  return bytes;
}

std::string Row::Bytes(absl::string_view column) const {
  return Value(*result_, row_, column, "bytea", Is<kBytea>, As<Unchanged>);
}

std::optional<std::string> Row::OptionalText(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Text(column));
}

std::optional<int64_t> Row::OptionalInt(absl::string_view column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int(column));
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
  return Values(*result_, row_, column, "text array", IsText, TextOf);
}

std::vector<int64_t> Row::IntArray(absl::string_view column) const {
  return Values(*result_, row_, column, "integer array", IsInteger, As<ReadInteger>);
}

std::vector<std::string> Row::BytesArray(absl::string_view column) const {
  return Values(*result_, row_, column, "bytea array", Is<kBytea>, As<Unchanged>);
}

}  // namespace vsv::pg

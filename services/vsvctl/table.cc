#include "services/vsvctl/table.h"

#include "libs/base/utf8.h"

#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "vsv/outcomes/v1/value.pb.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include <algorithm>

namespace vsv::vsvctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

size_t Width(const std::string& text) {
  return base::Utf8Length(text).value_or(text.size());
}

// "MEASURE_STATE_DONE" of enum MeasureState -> "DONE".
std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  std::string prefix;
  for (const char c : value.type()->name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  if (value.number() == 0) return "";
  return std::string(absl::StripPrefix(value.name(), absl::StrCat(prefix, "_")));
}

std::string MessageText(const Message& message) {
  if (const auto* date = dynamic_cast<const google::type::Date*>(&message)) {
    return absl::StrFormat("%04d-%02d-%02d", date->year(), date->month(), date->day());
  }
  if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
    return absl::FormatTime("%Y-%m-%d %H:%M:%SZ", absl::FromUnixSeconds(time->seconds()),
                            absl::UTCTimeZone());
  }
  if (const auto* decimal = dynamic_cast<const outcomes::v1::Decimal*>(&message)) {
    double power = 1;
    for (int i = 0; i < decimal->scale(); ++i) power *= 10;
    return absl::StrFormat("%.*f", decimal->scale(),
                           static_cast<double>(decimal->unscaled_value()) / power);
  }
  return message.ShortDebugString();
}

// One value; `index` -1 for a field that is no list.
std::string ValueText(const Message& message, const FieldDescriptor& field, int index) {
  const auto& reflection = *message.GetReflection();
  const bool list = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return list ? reflection.GetRepeatedString(message, &field, index)
                  : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ShortName(list ? *reflection.GetRepeatedEnum(message, &field, index)
                            : *reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (list ? reflection.GetRepeatedBool(message, &field, index)
                   : reflection.GetBool(message, &field))
                 ? "yes"
                 : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(list ? reflection.GetRepeatedInt32(message, &field, index)
                               : reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(list ? reflection.GetRepeatedInt64(message, &field, index)
                               : reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(list ? reflection.GetRepeatedDouble(message, &field, index)
                               : reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(list ? reflection.GetRepeatedMessage(message, &field, index)
                              : reflection.GetMessage(message, &field));
    default:
      return "";
  }
}

std::string FieldText(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    const bool absent = field.has_presence() && !reflection.HasField(message, &field);
    return absent ? "" : ValueText(message, field, -1);
  }
  std::vector<std::string> parts;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    parts.push_back(ValueText(message, field, i));
  }
  return absl::StrJoin(parts, ", ");
}

}  // namespace

void Table::Add(std::vector<std::string> cells) {
  cells.resize(headers_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::Render() const {
  std::vector<size_t> widths;
  for (size_t column = 0; column < headers_.size(); ++column) {
    size_t width = Width(headers_[column]);
    for (const auto& row : rows_) width = std::max(width, Width(row[column]));
    widths.push_back(width);
  }
  std::string text;
  const auto append = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (size_t column = 0; column < cells.size(); ++column) {
      absl::StrAppend(&line, column == 0 ? "" : "  ", cells[column],
                      std::string(widths[column] - Width(cells[column]), ' '));
    }
    absl::StrAppend(&text, absl::StripTrailingAsciiWhitespace(line), "\n");
  };
  append(headers_);
  for (const auto& row : rows_) append(row);
  return text;
}

std::string Cell(const Message& message, const std::string& path) {
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  const Message* at = &message;
  for (size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr) return "";
    if (i + 1 == parts.size()) return FieldText(*at, *field);
    if (field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return "";
    at = &at->GetReflection()->GetMessage(*at, field);
  }
  return "";
}

Table TableOf(const std::vector<const Message*>& messages, const std::vector<Column>& columns) {
  std::vector<std::string> headers;
  for (const Column& column : columns) headers.push_back(column.header);
  Table table(headers);
  for (const Message* message : messages) {
    std::vector<std::string> cells;
    for (const Column& column : columns) cells.push_back(Cell(*message, column.path));
    table.Add(std::move(cells));
  }
  return table;
}

}  // namespace vsv::vsvctl

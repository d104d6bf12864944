#include "libs/pg/params.h"

#include "libs/base/local_date.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace vsv::pg {
namespace {

std::string TimestampText(absl::Time value) {
  if (value == absl::InfiniteFuture()) return "infinity";
  if (value == absl::InfinitePast()) return "-infinity";
  return absl::FormatTime("%E4Y-%m-%d %H:%M:%E6S+00", value, absl::UTCTimeZone());
}

// An element of an array literal; everything but numbers is quoted, so that no element reads as
// NULL or as syntax.
void AppendQuoted(std::string& out, absl::string_view value) {
  out.push_back('"');
  for (const char c : value) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
}

std::string Hex(absl::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\\x";
  out.reserve(2 + 2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 0x0FU]);
  }
  return out;
}

// `append(out, element)` writes one element.
template <typename Elements, typename Append>
std::string ArrayLiteral(const Elements& elements, Append append) {
  std::string out = "{";
  bool first = true;
  for (const auto& element : elements) {
    if (!first) out.push_back(',');
    first = false;
    append(out, element);
  }
  out.push_back('}');
  return out;
}

}  // namespace

Params& Params::Add(std::optional<std::string> value, bool binary) {
  values_.push_back(std::move(value));
  binary_.push_back(binary);
  return *this;
}

Params& Params::Null() {
  return Add(std::nullopt);
}

Params& Params::Text(absl::string_view value) {
  return Add(std::string(value));
}

Params& Params::Int(int64_t value) {
  return Add(absl::StrCat(value));
}

Params& Params::Int(const std::optional<int64_t>& value) {
  return value.has_value() ? Int(*value) : Null();
}

// %.17g: every double reads back as itself.
Params& Params::Double(double value) {
  return Add(absl::StrFormat("%.17g", value));
}

Params& Params::Bool(bool value) {
  return Add(std::string(value ? "t" : "f"));
}

Params& Params::Time(absl::Time value) {
  return Add(TimestampText(value));
}

Params& Params::Time(const std::optional<absl::Time>& value) {
  return value.has_value() ? Time(*value) : Null();
}

Params& Params::Day(absl::CivilDay value) {
  return Add(base::FormatIsoDate(value));
}

Params& Params::Day(const std::optional<absl::CivilDay>& value) {
  return value.has_value() ? Day(*value) : Null();
}

Params& Params::Bytes(absl::string_view value) {
  return Add(std::string(value), /*binary=*/true);
}

Params& Params::TextArray(absl::Span<const std::string> values) {
  return Add(ArrayLiteral(
      values, [](std::string& out, const std::string& value) { AppendQuoted(out, value); }));
}

Params& Params::TextArray(absl::Span<const std::optional<std::string>> values) {
  return Add(ArrayLiteral(values, [](std::string& out, const std::optional<std::string>& value) {
    if (value.has_value()) {
      AppendQuoted(out, *value);
    } else {
      out.append("NULL");
    }
  }));
}

Params& Params::IntArray(absl::Span<const int64_t> values) {
  return Add(
      ArrayLiteral(values, [](std::string& out, int64_t value) { absl::StrAppend(&out, value); }));
}

Params& Params::IntArray(absl::Span<const std::optional<int64_t>> values) {
  return Add(ArrayLiteral(values, [](std::string& out, const std::optional<int64_t>& value) {
    if (value.has_value()) {
      absl::StrAppend(&out, *value);
    } else {
      out.append("NULL");
    }
  }));
}

Params& Params::BoolArray(const std::vector<bool>& values) {
  return Add(
      ArrayLiteral(values, [](std::string& out, bool value) { out.push_back(value ? 't' : 'f'); }));
}

Params& Params::TimeArray(absl::Span<const std::optional<absl::Time>> values) {
  return Add(ArrayLiteral(values, [](std::string& out, const std::optional<absl::Time>& value) {
    if (value.has_value()) {
      AppendQuoted(out, TimestampText(*value));
    } else {
      out.append("NULL");
    }
  }));
}

Params& Params::DayArray(absl::Span<const std::optional<absl::CivilDay>> values) {
  return Add(ArrayLiteral(values, [](std::string& out, const std::optional<absl::CivilDay>& value) {
    out.append(value.has_value() ? base::FormatIsoDate(*value) : "NULL");
  }));
}

Params& Params::BytesArray(absl::Span<const std::string> values) {
  return Add(ArrayLiteral(
      values, [](std::string& out, const std::string& value) { AppendQuoted(out, Hex(value)); }));
}

Params& Params::BytesArray(absl::Span<const std::optional<std::string>> values) {
  return Add(ArrayLiteral(values, [](std::string& out, const std::optional<std::string>& value) {
    if (value.has_value()) {
      AppendQuoted(out, Hex(*value));
    } else {
      out.append("NULL");
    }
  }));
}

}  // namespace vsv::pg

// Text forms of PostgreSQL: what is read is quoted and read again the same.
#include "libs/pg/array_literal.h"

#include "tests/fuzz/property.h"

#include "absl/strings/str_cat.h"

#include <cstdint>

using vsv::fuzz::Demand;

namespace {

std::string Quoted(const std::vector<std::optional<std::string>>& elements) {
  std::string out = "{";
  for (const auto& element : elements) {
    if (out.size() > 1) out += ",";
    if (!element.has_value()) {
      out += "NULL";
      continue;
    }
    out += '"';
    for (const char c : *element) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = vsv::fuzz::Text(data, size);
  if (const auto elements = vsv::pg::ParseArrayLiteral(text); elements.has_value()) {
    Demand(vsv::pg::ParseArrayLiteral(Quoted(*elements)) == elements,
           "an array reads back as it was");
  }
  if (const auto bytes = vsv::pg::ParseBytea(text); bytes.has_value()) {
    Demand(bytes->size() * 2 + 2 == text.size(), "two digits a byte");
  }
  return 0;
}

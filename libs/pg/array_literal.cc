#include "libs/pg/array_literal.h"

#include <cstddef>
#include <utility>

namespace vsv::pg {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads one element at `at` and leaves `at` behind it. False on a syntax error.
bool ReadElement(absl::string_view text, size_t& at, std::optional<std::string>& element) {
  std::string value;
  if (at < text.size() && text[at] == '"') {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && ++at >= text.size()) return false;
      value.push_back(text[at]);
    }
    if (at >= text.size()) return false;
    ++at;
    element = std::move(value);
    return true;
  }
  for (; at < text.size() && text[at] != ',' && text[at] != '}'; ++at) {
    if (text[at] == '{' || text[at] == '"') return false;
    value.push_back(text[at]);
  }
  if (value.empty()) return false;
  if (value == "NULL") {
    element.reset();
  } else {
    element = std::move(value);
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::optional<std::string>>> ParseArrayLiteral(
    absl::string_view literal) {
  if (literal.size() < 2 || literal.front() != '{' || literal.back() != '}') return std::nullopt;
  std::vector<std::optional<std::string>> elements;
  if (literal.size() == 2) return elements;
  size_t at = 1;
  while (true) {
    std::optional<std::string> element;
    if (!ReadElement(literal, at, element)) return std::nullopt;
    elements.push_back(std::move(element));
    if (at >= literal.size()) return std::nullopt;
    if (literal[at] == '}') break;
    if (literal[at] != ',') return std::nullopt;
    ++at;
  }
  if (at + 1 != literal.size()) return std::nullopt;
  return elements;
}

std::optional<std::string> ParseBytea(absl::string_view text) {
  if (text.size() < 2 || text[0] != '\\' || text[1] != 'x' || text.size() % 2 != 0)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2 - 1);
  for (size_t at = 2; at < text.size(); at += 2) {
    const int high = HexDigit(text[at]);
    const int low = HexDigit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
  }
  return bytes;
}

}  // namespace vsv::pg

#include "libs/base/utf8.h"

#include <cstdint>

namespace vsv::base {
namespace {

// The bytes that may follow the first byte of a character, and the bounds of the second (Unicode
// standard, table 3-7).
struct Form {
  size_t continuation_bytes;
  uint8_t second_low;
  uint8_t second_high;
};

std::optional<Form> FormOf(uint8_t first) {
  if (first < 0x80) return Form{0, 0, 0};
  if (first >= 0xC2 && first <= 0xDF) return Form{1, 0x80, 0xBF};
  if (first == 0xE0) return Form{2, 0xA0, 0xBF};
  if (first == 0xED) return Form{2, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return Form{2, 0x80, 0xBF};
  if (first == 0xF0) return Form{3, 0x90, 0xBF};
  if (first >= 0xF1 && first <= 0xF3) return Form{3, 0x80, 0xBF};
  if (first == 0xF4) return Form{3, 0x80, 0x8F};
  return std::nullopt;
}

}  // namespace

std::optional<size_t> Utf8Length(absl::string_view text) {
  size_t length = 0;
  size_t at = 0;
  while (at < text.size()) {
    const std::optional<Form> form = FormOf(static_cast<uint8_t>(text[at]));
    if (!form.has_value() || text.size() - at <= form->continuation_bytes) return std::nullopt;
    for (size_t i = 1; i <= form->continuation_bytes; ++i) {
      const auto byte = static_cast<uint8_t>(text[at + i]);
      const uint8_t low = i == 1 ? form->second_low : 0x80;
      const uint8_t high = i == 1 ? form->second_high : 0xBF;
      if (byte < low || byte > high) return std::nullopt;
    }
    at += form->continuation_bytes + 1;
    ++length;
  }
  return length;
}

bool HasControlCharacter(absl::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return true;
  }
  return false;
}

}  // namespace vsv::base

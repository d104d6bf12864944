#include "libs/base/utf8.h"

#include "absl/strings/match.h"

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
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<uint8_t>(text[at]);
    if ((byte < 0x20 && text[at] != '\n' && text[at] != '\t') || byte == 0x7F) return true;
    const absl::string_view three = text.substr(at, 3);
    // U+0080 to U+009F.
    if (byte == 0xC2 && three.size() > 1 && static_cast<uint8_t>(three[1]) < 0xA0) return true;
    if (three.size() < 3) continue;
    const auto last = static_cast<uint8_t>(three[2]);
    // U+2028 to U+202E: separators of lines and paragraphs, embeddings and overrides of direction.
    if (absl::StartsWith(three, "\xE2\x80") && last >= 0xA8 && last <= 0xAE) return true;
    // U+2066 to U+2069: isolates of direction.
    if (absl::StartsWith(three, "\xE2\x81") && last >= 0xA6 && last <= 0xA9) return true;
    // U+FEFF, the byte order mark.
    if (three == "\xEF\xBB\xBF") return true;
  }
  return false;
}

}  // namespace vsv::base

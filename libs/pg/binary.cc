#include "libs/pg/binary.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include <cstddef>
#include <limits>
#include <utility>

namespace vsv::pg {
namespace {

constexpr int64_t kSecondsFrom1970To2000 = 946'684'800;
constexpr size_t kWord = 4;  // bytes

uint64_t BigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
  return value;
}

// Takes a word off the front.
std::optional<uint32_t> TakeWord(absl::string_view& bytes) {
  if (bytes.size() < kWord) return std::nullopt;
  const auto word = static_cast<uint32_t>(BigEndian(bytes.substr(0, kWord)));
  bytes.remove_prefix(kWord);
  return word;
}

// Takes the length of an element and the element; false when they are not there.
bool TakeElement(absl::string_view& bytes, std::optional<absl::string_view>& element) {
  const std::optional<uint32_t> length = TakeWord(bytes);
  if (!length.has_value()) return false;
  if (*length == std::numeric_limits<uint32_t>::max()) {
    element.reset();
    return true;
  }
  if (*length > bytes.size()) return false;
  element = bytes.substr(0, *length);
  bytes.remove_prefix(*length);
  return true;
}

}  // namespace

std::optional<int64_t> ReadInteger(absl::string_view bytes) {
  switch (bytes.size()) {
    case sizeof(int16_t):
      return static_cast<int16_t>(BigEndian(bytes));
    case sizeof(int32_t):
      return static_cast<int32_t>(BigEndian(bytes));
    case sizeof(int64_t):
      return static_cast<int64_t>(BigEndian(bytes));
    default:
      return std::nullopt;
  }
}

std::optional<bool> ReadBool(absl::string_view bytes) {
  if (bytes.size() != 1) return std::nullopt;
  return bytes[0] != 0;
}

std::optional<absl::Time> ReadTime(absl::string_view bytes) {
  if (bytes.size() != sizeof(int64_t)) return std::nullopt;
  const auto micros = static_cast<int64_t>(BigEndian(bytes));
  if (micros == std::numeric_limits<int64_t>::max()) return absl::InfiniteFuture();
  if (micros == std::numeric_limits<int64_t>::min()) return absl::InfinitePast();
  return absl::FromUnixSeconds(kSecondsFrom1970To2000) + absl::Microseconds(micros);
}

std::optional<absl::CivilDay> ReadDay(absl::string_view bytes) {
  if (bytes.size() != sizeof(int32_t)) return std::nullopt;
  const auto days = static_cast<int32_t>(BigEndian(bytes));
  if (days == std::numeric_limits<int32_t>::max() || days == std::numeric_limits<int32_t>::min())
    return std::nullopt;
  return absl::CivilDay(2000, 1, 1) + days;
}

std::optional<std::string> ReadUuid(absl::string_view bytes) {
  constexpr size_t kSize = 16;
  if (bytes.size() != kSize) return std::nullopt;
  const std::string digits = absl::BytesToHexString(bytes);
  const absl::string_view hex = digits;
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

std::optional<BinaryArray> ReadArray(absl::string_view bytes) {
  const std::optional<uint32_t> dimensions = TakeWord(bytes);
  const std::optional<uint32_t> has_nulls = TakeWord(bytes);
  const std::optional<uint32_t> type = TakeWord(bytes);
  if (!type.has_value() || *dimensions > 1 || *has_nulls > 1) return std::nullopt;
  BinaryArray array{.element_type = *type, .elements = {}};
  if (*dimensions == 0) return bytes.empty() ? std::optional(std::move(array)) : std::nullopt;
  // Each element has a length at least.
  const std::optional<uint32_t> size = TakeWord(bytes);
  const std::optional<uint32_t> lower_bound = TakeWord(bytes);
  if (!lower_bound.has_value() || *size > bytes.size() / kWord) return std::nullopt;
  array.elements.resize(*size);
  for (std::optional<absl::string_view>& element : array.elements)
    if (!TakeElement(bytes, element)) return std::nullopt;
  if (!bytes.empty()) return std::nullopt;
  return array;
}

}  // namespace vsv::pg

#include "libs/base/pgn.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace vsv::base {
namespace {

constexpr size_t kDigits = 9;
constexpr int kModulus = 11;
constexpr int kOnderwijsnummerRemainder = 5;

// The weighted sum modulo 11, from 0 to 10.
int Remainder(absl::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < kDigits; ++i) {
    const int digit = digits[i] - '0';
    const int weight = i + 1 == kDigits ? -1 : static_cast<int>(kDigits - i);
    sum += weight * digit;
  }
  return ((sum % kModulus) + kModulus) % kModulus;
}

}  // namespace

std::optional<Pgn> Pgn::Parse(absl::string_view text) {
  if (text.size() != kDigits) return std::nullopt;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
  }
  const int remainder = Remainder(text);
  if (remainder == 0 && text != "000000000") return Pgn(std::string(text), PgnKind::kBsn);
  if (remainder == kOnderwijsnummerRemainder && absl::StartsWith(text, "10")) {
    return Pgn(std::string(text), PgnKind::kOnderwijsnummer);
  }
  return std::nullopt;
}

}  // namespace vsv::base

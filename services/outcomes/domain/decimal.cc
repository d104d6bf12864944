#include "services/outcomes/domain/decimal.h"

#include "absl/base/macros.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <algorithm>

namespace vsv::outcomes {
namespace {

int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

int64_t Rescaled(const Decimal& value, int scale) {
  return value.unscaled * PowerOfTen(scale - value.scale);
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  const absl::string_view original = text;
  const auto refused = [original] {
    return absl::InvalidArgumentError(
        absl::StrCat("'", original, "' is no decimal number such as 67.7"));
  };
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view fraction =
      point == absl::string_view::npos ? absl::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != absl::string_view::npos && fraction.empty())) return refused();
  if (fraction.size() > static_cast<size_t>(kMaxScale) || whole.size() > 12) return refused();
  const std::string digits = absl::StrCat(whole, fraction);
  if (!std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit)) return refused();
  Decimal value;
  value.scale = static_cast<int>(fraction.size());
  if (!absl::SimpleAtoi(digits, &value.unscaled)) return refused();
  if (negative) value.unscaled = -value.unscaled;
  if (!value.Valid()) return refused();
  return value;
}

bool Decimal::Valid() const {
  return scale >= 0 && scale <= kMaxScale && unscaled >= -kMaxUnscaled && unscaled <= kMaxUnscaled;
}

std::string Decimal::ToString() const {
  const int64_t magnitude = unscaled < 0 ? -unscaled : unscaled;
  std::string digits = absl::StrCat(magnitude);
  if (digits.size() <= static_cast<size_t>(scale)) {
    digits.insert(0, static_cast<size_t>(scale) + 1 - digits.size(), '0');
  }
  if (scale > 0) digits.insert(digits.size() - static_cast<size_t>(scale), 1, '.');
  return absl::StrCat(unscaled < 0 ? "-" : "", digits);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  return Rescaled(a, scale) <=> Rescaled(b, scale);
}

Decimal Difference(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  return Decimal{Rescaled(a, scale) - Rescaled(b, scale), scale};
}

Decimal Percentage(int64_t part, int64_t whole, int scale) {
  ABSL_ASSERT(part >= 0 && whole > 0);
  // floor(x + 1/2) = floor((2x + 1) / 2), with x = part * 100 * 10^scale / whole.
  const int64_t scaled = part * 100 * PowerOfTen(scale);
  return Decimal{(2 * scaled + whole) / (2 * whole), scale};
}

}  // namespace vsv::outcomes

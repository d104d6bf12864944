// Published values exactly as published: a scaled integer, never binary floating point.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <compare>
#include <cstdint>
#include <string>

namespace vsv::outcomes {

// unscaled / 10^scale. 78.0 is {780, 1}: a trailing zero is kept, because it tells how precisely
// the source measured. Compared by value: 78.0 == 78.
struct Decimal {
  int64_t unscaled = 0;  // |unscaled| <= kMaxUnscaled
  int scale = 0;         // digits behind the point, 0..kMaxScale

  // Bounds that keep every comparison and difference within 64 bits.
  static constexpr int kMaxScale = 6;
  static constexpr int64_t kMaxUnscaled = 1'000'000'000'000;

  // "67.7", "-0.25", "98"; digits and one point only, at most kMaxScale decimals. INVALID_ARGUMENT
  // otherwise.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);
  // True when within the bounds above.
  bool Valid() const;
  std::string ToString() const;

  friend bool operator==(const Decimal& a, const Decimal& b) { return std::is_eq(a <=> b); }

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
};

// a - b with the larger of both scales.
Decimal Difference(const Decimal& a, const Decimal& b);

// 100 * part / whole as a percentage with `scale` decimals, rounded half-up by integer arithmetic.
// Requires part >= 0, whole > 0 and both below 10^9.
Decimal Percentage(int64_t part, int64_t whole, int scale);

}  // namespace vsv::outcomes

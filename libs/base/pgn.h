// The number of a pupil (persoonsgebonden nummer, PGN): a BSN, or an onderwijsnummer for who has
// none.
#pragma once

#include "absl/strings/string_view.h"

#include <optional>
#include <string>
#include <utility>

namespace vsv::base {

enum class PgnKind {
  kBsn,              // burgerservicenummer
  kOnderwijsnummer,  // given by DUO until a BSN is known
};

// A number that has passed its test. It has no stream or hash function on purpose: it is looked up
// by a keyed hash and must not end up in a log by accident.
class Pgn {
 public:
  // 9 digits. With the digits a..i and the sum 9a+8b+7c+6d+5e+4f+3g+2h-i (the 11-test, elfproef): a
  // BSN has a sum divisible by 11 and is not all zeros; an onderwijsnummer begins with 10 and has a
  // sum that leaves 5. Source: Besluit BSN, DUO.
  static std::optional<Pgn> Parse(absl::string_view text);

  const std::string& value() const { return value_; }

  PgnKind kind() const { return kind_; }

  friend bool operator==(const Pgn& a, const Pgn& b) = default;

 private:
  Pgn(std::string value, PgnKind kind) : value_(std::move(value)), kind_(kind) {}

  std::string value_;
  PgnKind kind_;
};

}  // namespace vsv::base

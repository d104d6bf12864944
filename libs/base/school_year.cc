#include "libs/base/school_year.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace vsv::base {
namespace {

std::optional<int> FourDigits(absl::string_view text) {
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
  }
  int value = 0;
  if (!absl::SimpleAtoi(text, &value)) return std::nullopt;
  return value;
}

}  // namespace

SchoolYear SchoolYear::Of(absl::CivilDay day) {
  const int year = static_cast<int>(day.year());
  return SchoolYear(day.month() >= 8 ? year : year - 1);
}

std::optional<SchoolYear> SchoolYear::Parse(absl::string_view text) {
  if (text.size() != 9 || text[4] != '-') return std::nullopt;
  const std::optional<int> first = FourDigits(text.substr(0, 4));
  const std::optional<int> second = FourDigits(text.substr(5, 4));
  if (!first.has_value() || !second.has_value() || *second != *first + 1) return std::nullopt;
  return SchoolYear(*first);
}

std::string SchoolYear::ToString() const {
  return absl::StrFormat("%04d-%04d", year_, year_ + 1);
}

}  // namespace vsv::base

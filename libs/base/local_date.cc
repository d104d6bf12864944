#include "libs/base/local_date.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/time/time.h"

#include <cstdio>
#include <cstdlib>

namespace vsv::base {
namespace {

absl::TimeZone LoadAmsterdam() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Amsterdam", &zone)) {
    std::fputs("time zone Europe/Amsterdam is missing: install the package tzdata\n", stderr);
    std::abort();
  }
  return zone;
}

bool ParseDigits(absl::string_view text, int& value) {
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return absl::SimpleAtoi(text, &value);
}

}  // namespace

absl::TimeZone AmsterdamTimeZone() {
  static const absl::TimeZone zone = LoadAmsterdam();
  return zone;
}

absl::CivilDay LocalDay(absl::Time moment) {
  return absl::ToCivilDay(moment, AmsterdamTimeZone());
}

absl::Time StartOfLocalDay(absl::CivilDay day) {
  return absl::FromCivil(day, AmsterdamTimeZone());
}

std::optional<absl::CivilDay> ParseIsoDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!ParseDigits(text.substr(0, 4), year) || !ParseDigits(text.substr(5, 2), month) ||
      !ParseDigits(text.substr(8, 2), day) || year < 1) {
    return std::nullopt;
  }
  const absl::CivilDay date(year, month, day);
  // A day that does not exist is normalised to another one.
  if (date.year() != year || date.month() != month || date.day() != day) return std::nullopt;
  return date;
}

std::string FormatIsoDate(absl::CivilDay day) {
  return absl::FormatTime("%E4Y-%m-%d", absl::FromCivil(day, absl::UTCTimeZone()),
                          absl::UTCTimeZone());
}

absl::CivilDay ReachesAgeOn(absl::CivilDay birth, int age) {
  // CivilDay turns 29 February of a common year into 1 March, which is the rule.
  return absl::CivilDay(birth.year() + age, birth.month(), birth.day());
}

int AgeOn(absl::CivilDay birth, absl::CivilDay day) {
  const int years = static_cast<int>(day.year() - birth.year());
  return day < ReachesAgeOn(birth, years) ? years - 1 : years;
}

}  // namespace vsv::base

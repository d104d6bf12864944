// Days as people in the Netherlands count them. Rules of law speak of days in Europe/Amsterdam; the
// machine speaks of moments.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <string>

namespace vsv::base {

// Europe/Amsterdam. Aborts at first use when the machine has no time zone data (Debian package
// tzdata).
absl::TimeZone AmsterdamTimeZone();

// The day in Europe/Amsterdam that holds `moment`.
absl::CivilDay LocalDay(absl::Time moment);

// The first moment of `day` in Europe/Amsterdam.
absl::Time StartOfLocalDay(absl::CivilDay day);

// "2024-02-29", ten characters, a day that exists, year 0001 to 9999; nullopt for anything else.
std::optional<absl::CivilDay> ParseIsoDate(absl::string_view text);
std::string FormatIsoDate(absl::CivilDay day);

// The day on which somebody born on `birth` reaches `age` years. Who is born on 29 February reaches
// it on 1 March of a year that has no 29 February (Dutch civil law counts the completed day: BW
// 1:233 with the Algemene termijnenwet).
absl::CivilDay ReachesAgeOn(absl::CivilDay birth, int age);

// Age in whole years on `day`; negative before birth.
int AgeOn(absl::CivilDay birth, absl::CivilDay day);

}  // namespace vsv::base

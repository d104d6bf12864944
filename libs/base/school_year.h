// The Dutch school year: 1 August up to and including 31 July (WVO 2020, WEB).
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <optional>
#include <string>

namespace vsv::base {

// One school year, named by the calendar year in which it begins.
class SchoolYear {
 public:
  explicit constexpr SchoolYear(int first_calendar_year) : year_(first_calendar_year) {}

  // The school year that holds `day`.
  static SchoolYear Of(absl::CivilDay day);
  // "2023-2024"; nullopt for anything else, "2023-2025" and "2023/2024" included.
  static std::optional<SchoolYear> Parse(absl::string_view text);

  int first_calendar_year() const { return year_; }

  absl::CivilDay FirstDay() const { return absl::CivilDay(year_, 8, 1); }

  absl::CivilDay LastDay() const { return absl::CivilDay(year_ + 1, 7, 31); }

  // The count date (teldatum) on which enrolments are counted: 1 October.
  absl::CivilDay CountDate() const { return absl::CivilDay(year_, 10, 1); }

  bool Contains(absl::CivilDay day) const { return FirstDay() <= day && day <= LastDay(); }

  SchoolYear Next() const { return SchoolYear(year_ + 1); }

  SchoolYear Previous() const { return SchoolYear(year_ - 1); }

  // "2023-2024".
  std::string ToString() const;

  friend bool operator==(SchoolYear a, SchoolYear b) = default;
  friend auto operator<=>(SchoolYear a, SchoolYear b) = default;

 private:
  int year_;
};

}  // namespace vsv::base

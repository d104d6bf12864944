#include "services/outcomes/domain/indicator_formulas.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <array>

namespace vsv::outcomes {
namespace {

constexpr int kUnknownPriorEducation = 0;

constexpr std::array<ExpectedLevel, 14> kExpectedLevels = {{
    {kUnknownPriorEducation, "Onbekend", 2},
    {1, "Praktijkonderwijs", 1},
    {2, "geen vmbo-diploma", 2},
    {3, "havo/vwo zonder diploma (>= leerjaar 3)", 4},
    {5, "vmbo-basis of vm2", 2},
    {6, "vmbo-kader", 3},
    {7, "vmbo-g", 4},
    {8, "vmbo-t", 4},
    {9, "havo/vwo met diploma", 4},
    {11, "mbo-1 diploma", 2},
    {12, "mbo-2 diploma", 3},
    {13, "mbo-3 diploma", 4},
    {14, "mbo-4 diploma", 4},
    {15, "27+ of vbo-diploma", 2},
}};

absl::StatusOr<Ratio> Share(int64_t part, int64_t whole) {
  if (part < 0 || whole < 0 || part > whole) {
    return absl::InvalidArgumentError(absl::StrCat("no share: ", part, " of ", whole));
  }
  return Ratio{part, whole};
}

}  // namespace

std::optional<Decimal> Ratio::Percent(int scale) const {
  if (denominator <= 0) return std::nullopt;
  return Percentage(numerator, denominator, scale);
}

absl::StatusOr<Ratio> EntrantsResult(int64_t new_entrants, int64_t graduated_leavers,
                                     int64_t still_there) {
  if (graduated_leavers < 0 || still_there < 0) {
    return absl::InvalidArgumentError("a count is negative");
  }
  return Share(graduated_leavers + still_there, new_entrants);
}

absl::StatusOr<Ratio> YearResult(int64_t graduates, int64_t leavers_without_diploma) {
  if (leavers_without_diploma < 0) return absl::InvalidArgumentError("a count is negative");
  return Share(graduates, graduates + leavers_without_diploma);
}

absl::StatusOr<Ratio> DiplomaResult(int64_t leavers_with_diploma, int64_t leavers) {
  return Share(leavers_with_diploma, leavers);
}

Ratio Progression(absl::Span<const Graduate> graduates, ProgressionScope scope) {
  Ratio ratio;
  for (const Graduate& graduate : graduates) {
    ++ratio.denominator;
    const bool higher = graduate.next_level.value_or(0) > graduate.diploma_level;
    const bool in_scope =
        scope == ProgressionScope::kAllInstitutions || graduate.next_at_same_institution;
    if (higher && in_scope) ++ratio.numerator;
  }
  return ratio;
}

absl::Span<const ExpectedLevel> ExpectedLevels() {
  return kExpectedLevels;
}

absl::StatusOr<QualificationGain> ComputeQualificationGain(absl::Span<const Leaver> leavers) {
  QualificationGain gain;
  for (const Leaver& leaver : leavers) {
    const auto* const expected = std::find_if(
        kExpectedLevels.begin(), kExpectedLevels.end(),
        [&](const ExpectedLevel& row) { return row.code == leaver.prior_education_code; });
    if (expected == kExpectedLevels.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("no category of prior education ", leaver.prior_education_code));
    }
    if (expected->code == kUnknownPriorEducation) {
      ++gain.excluded;
      continue;
    }
    ++gain.ratio.denominator;
    if (leaver.diploma_level >= expected->level) ++gain.ratio.numerator;
  }
  return gain;
}

}  // namespace vsv::outcomes

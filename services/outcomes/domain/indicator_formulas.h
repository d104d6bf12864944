// Formulas of the indicators of mbo that can be computed from counts. Percentages are rounded
// half-up to one decimal, as DUO and the inspectorate publish them, unless asked otherwise.
#pragma once

#include "services/outcomes/domain/decimal.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// A share of a whole that keeps both, so that slices can be added.
struct Ratio {
  int64_t numerator = 0;
  int64_t denominator = 0;
  // nullopt for an empty whole.
  std::optional<Decimal> Percent(int scale = 1) const;
};

// Startersresultaat: (graduated leavers among new entrants + new entrants still there next 1
// October) / new entrants. INVALID_ARGUMENT for a negative count or a part larger than the whole;
// so below.
absl::StatusOr<Ratio> EntrantsResult(int64_t new_entrants, int64_t graduated_leavers,
                                     int64_t still_there);
// Jaarresultaat: graduates / (graduates + leavers without diploma), 1 October to 30 September.
absl::StatusOr<Ratio> YearResult(int64_t graduates, int64_t leavers_without_diploma);
// Diplomaresultaat: leavers with diploma / leavers.
absl::StatusOr<Ratio> DiplomaResult(int64_t leavers_with_diploma, int64_t leavers);

// Whose students a progression figure (doorstroom) counts: part of the indicator, because the two
// differ by 10-15 points.
enum class ProgressionScope { kInternal, kAllInstitutions };

// One leaver with diploma, for the progression to a higher level.
struct Graduate {
  int diploma_level = 0;  // mbo 1..4
  std::optional<int>
      next_level;  // mbo 1..4, 5 = higher education; nullopt = not enrolled next 1 October
  bool next_at_same_institution = false;
};

// Doorstroom: graduates enrolled next year at a higher level / graduates. kInternal counts only
// those who stayed.
Ratio Progression(absl::Span<const Graduate> graduates, ProgressionScope scope);

// Diploma level expected by prior education (kwalificatiewinst, "passend diploma").
struct ExpectedLevel {
  int code;                // category of prior education (vooropleidingscategorie)
  absl::string_view name;  // in Dutch, as published
  int level;               // mbo level that counts as fitting
};

// Kept equal to data/figures/kwalificatiewinst_passend_diploma_norm.csv by a test.
absl::Span<const ExpectedLevel> ExpectedLevels();

struct Leaver {
  int prior_education_code = 0;  // of ExpectedLevels; 0 = unknown, excluded
  int diploma_level = 0;         // highest mbo diploma, 0 = none
};

struct QualificationGain {
  Ratio ratio;  // leavers at or above the expected level / leavers with known prior education
  int64_t excluded = 0;  // unknown prior education
};

// Kwalificatiewinst. INVALID_ARGUMENT for a code that the table does not have.
absl::StatusOr<QualificationGain> ComputeQualificationGain(absl::Span<const Leaver> leavers);

}  // namespace vsv::outcomes

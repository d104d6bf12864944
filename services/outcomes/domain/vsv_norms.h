// Norms for the share of new vsv'ers in mbo, per school year and category.
#pragma once

#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/domain/education.h"

#include "absl/strings/string_view.h"

#include <optional>
#include <vector>

namespace vsv::outcomes {

// Categories of the norm; levels 3 and 4 share one.
enum class NormCategory { kEntree, kBasis, kMbo3And4 };

struct VsvNorm {
  int school_year;  // year in which it began: 2015 is 2015-2016
  NormCategory category;
  Decimal percent;
};

// BWBR0031390, table 2 (mbo). Kept equal to data/figures/vsv_norms_historic.csv by a test.
const std::vector<VsvNorm>& VsvNorms();

// The category of a level of mbo; nullopt for any other level: the norms of vo are for counts by
// other rules.
std::optional<NormCategory> NormCategoryOf(Level level);

// The norm for a level in the school year that began in `school_year`; nullopt where the law set
// none.
std::optional<Decimal> VsvNormFor(int school_year, Level level);

// Met iff percentage <= norm, both as they are: the percentage is rounded already.
inline bool MeetsNorm(const Decimal& percent, const Decimal& norm) {
  return percent <= norm;
}

}  // namespace vsv::outcomes

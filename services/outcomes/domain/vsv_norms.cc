#include "services/outcomes/domain/vsv_norms.h"

namespace vsv::outcomes {

const std::vector<VsvNorm>& VsvNorms() {
  static const auto* const kNorms = new std::vector<VsvNorm>{
      {2012, NormCategory::kEntree, {325, 1}},   {2012, NormCategory::kBasis, {135, 1}},
      {2012, NormCategory::kMbo3And4, {425, 2}}, {2013, NormCategory::kEntree, {275, 1}},
      {2013, NormCategory::kBasis, {115, 1}},    {2013, NormCategory::kMbo3And4, {35, 1}},
      {2014, NormCategory::kEntree, {225, 1}},   {2014, NormCategory::kBasis, {10, 0}},
      {2014, NormCategory::kMbo3And4, {275, 2}}, {2015, NormCategory::kEntree, {225, 1}},
      {2015, NormCategory::kBasis, {10, 0}},     {2015, NormCategory::kMbo3And4, {275, 2}},
  };
  return *kNorms;
}

std::optional<NormCategory> NormCategoryOf(Level level) {
  switch (level) {
    case Level::kEntree:
      return NormCategory::kEntree;
    case Level::kMbo2:
      return NormCategory::kBasis;
    case Level::kMbo3:
    case Level::kMbo4:
      return NormCategory::kMbo3And4;
    default:
      return std::nullopt;
  }
}

std::optional<Decimal> VsvNormFor(int school_year, Level level) {
  const std::optional<NormCategory> category = NormCategoryOf(level);
  if (!category.has_value()) return std::nullopt;
  for (const VsvNorm& norm : VsvNorms()) {
    if (norm.school_year == school_year && norm.category == *category) return norm.percent;
  }
  return std::nullopt;
}

}  // namespace vsv::outcomes

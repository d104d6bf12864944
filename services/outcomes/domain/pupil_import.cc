#include "services/outcomes/domain/pupil_import.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace vsv::outcomes {
namespace {

bool SameRecord(const CohortPupil& a, const CohortPupil& b) {
  return a.record_reference == b.record_reference && a.level == b.level &&
         a.unit_code == b.unit_code && a.prior_education_code == b.prior_education_code &&
         a.decision.outcome == b.decision.outcome && a.decision.matches == b.decision.matches;
}

std::string SliceOf(const CohortPupil& pupil, CountDimension dimension) {
  switch (dimension) {
    case CountDimension::kLevel:
      return std::string(LevelName(pupil.level));
    case CountDimension::kUnit:
      return pupil.unit_code;
    case CountDimension::kPriorEducation:
      return absl::StrCat(pupil.prior_education_code);
  }
  return "";
}

// Rank within the dimension; units have none and go by their code.
int RankOf(CountDimension dimension, const std::string& slice) {
  int number = 0;
  if (dimension == CountDimension::kLevel) {
    return static_cast<int>(LevelFromName(slice).value_or(Level::kTotal));
  }
  if (dimension == CountDimension::kPriorEducation && absl::SimpleAtoi(slice, &number)) {
    return number;
  }
  return 0;
}

}  // namespace

PupilImport PlanPupilImport(absl::Span<const CohortPupil> there,
                            absl::Span<const CohortPupil> rows) {
  std::map<std::string, CohortPupil> by_key;
  std::map<std::string, std::string> key_of_reference;
  for (const CohortPupil& pupil : there) {
    by_key[pupil.pupil_key] = pupil;
    key_of_reference[pupil.record_reference] = pupil.pupil_key;
  }
  PupilImport import;
  for (const CohortPupil& row : rows) {
    const auto owner = key_of_reference.find(row.record_reference);
    if (owner != key_of_reference.end() && owner->second != row.pupil_key) {
      import.verdicts.push_back(PupilVerdict::kReferenceTaken);
      continue;
    }
    const auto present = by_key.find(row.pupil_key);
    if (present != by_key.end() && SameRecord(present->second, row)) {
      import.verdicts.push_back(PupilVerdict::kUnchanged);
      continue;
    }
    const bool is_new = present == by_key.end();
    import.verdicts.push_back(is_new ? PupilVerdict::kAdded : PupilVerdict::kReplaced);
    if (is_new) ++import.added;
    key_of_reference[row.record_reference] = row.pupil_key;
    by_key[row.pupil_key] = row;
    import.written.push_back(row);
  }
  return import;
}

std::vector<SliceCount> CountPupils(absl::Span<const CohortPupil> pupils,
                                    CountDimension dimension) {
  std::map<std::string, SliceCount> by_slice;
  for (const CohortPupil& pupil : pupils) {
    const std::string code = SliceOf(pupil, dimension);
    SliceCount& slice = by_slice[code];
    slice.slice = code;
    slice.Add(pupil.decision);
  }
  std::vector<SliceCount> slices;
  slices.reserve(by_slice.size());
  for (auto& [code, slice] : by_slice) slices.push_back(std::move(slice));
  SortSlices(dimension, slices);
  return slices;
}

void SortSlices(CountDimension dimension, std::vector<SliceCount>& slices) {
  std::sort(slices.begin(), slices.end(), [dimension](const SliceCount& a, const SliceCount& b) {
    return std::make_pair(RankOf(dimension, a.slice), a.slice) <
           std::make_pair(RankOf(dimension, b.slice), b.slice);
  });
}

}  // namespace vsv::outcomes

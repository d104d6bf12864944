#include "services/outcomes/domain/figure.h"

#include "libs/errors/errors.h"
#include "services/outcomes/domain/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace vsv::outcomes {
namespace {

// Same content to the digit; 78 and 78.0 are one value, and a repeat of either is no change.
bool SameContent(const Figure& a, const Figure& b) {
  return a.value == b.value && a.numerator == b.numerator && a.denominator == b.denominator &&
         a.status == b.status;
}

absl::string_view StatusWord(FigureStatus status) {
  switch (status) {
    case FigureStatus::kProvisional:
      return "provisional";
    case FigureStatus::kDefinitive:
      return "definitive";
    case FigureStatus::kRestated:
      return "restated";
  }
  return "";
}

bool MayFollow(FigureStatus before, FigureStatus next) {
  if (before == FigureStatus::kProvisional) return next != FigureStatus::kRestated;
  return next == FigureStatus::kRestated;
}

}  // namespace

std::string CellOf(const FigureKey& key) {
  const Slice& slice = key.slice;
  return absl::StrCat(key.indicator_id, "|", key.definition_version, "|", NameOf(key.origin), "|",
                      slice.organisation_id, "|", slice.region_id, "|", NameOf(slice.kind), "|",
                      slice.parent_code, "|", slice.unit_code, "|", LevelName(slice.level), "|",
                      slice.period.ToString());
}

absl::StatusOr<Admission> Admit(absl::Span<const Figure> history, const Figure& next) {
  for (const Figure& known : history) {
    if (known.known_from == next.known_from && SameContent(known, next))
      return Admission::kUnchanged;
  }
  if (history.empty()) {
    if (next.status != FigureStatus::kRestated) return Admission::kAdded;
    return errors::Precondition("FIGURE_STATUS", "there is no definitive figure to restate");
  }
  const Figure& last = history.back();
  if (next.known_from <= last.known_from) {
    return errors::Precondition(
        "FIGURE_ORDER", "another version of this figure is known from that moment or later");
  }
  if (SameContent(last, next)) return Admission::kUnchanged;
  if (!MayFollow(last.status, next.status)) {
    return errors::Precondition(
        "FIGURE_STATUS",
        absl::StrCat("a ", StatusWord(last.status), " figure cannot be followed by a ",
                     StatusWord(next.status), " one; a final figure is changed by a restatement"));
  }
  return Admission::kAdded;
}

const Figure* KnownAt(absl::Span<const Figure> history, absl::Time moment) {
  const Figure* known = nullptr;
  for (const Figure& figure : history) {
    if (figure.known_from <= moment) known = &figure;
  }
  return known;
}

std::string WhyDifferent(const Figure& earlier, const Figure& later) {
  if (earlier.key.definition_version != later.key.definition_version) {
    return absl::StrCat("measured by another definition: version ", earlier.key.definition_version,
                        " and version ", later.key.definition_version);
  }
  if (SameContent(earlier, later)) return "";
  const std::string values =
      earlier.value == later.value
          ? absl::StrCat("the value ", later.value.ToString(), " stayed")
          : absl::StrCat(earlier.value.ToString(), " became ", later.value.ToString());
  if (earlier.status == later.status) {
    return absl::StrCat(values, ": a new ", StatusWord(later.status), " figure");
  }
  return absl::StrCat(values, ": the ", StatusWord(earlier.status), " figure was followed by the ",
                      StatusWord(later.status), " one");
}

}  // namespace vsv::outcomes

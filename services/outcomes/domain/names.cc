#include "services/outcomes/domain/names.h"

#include <array>
#include <utility>

namespace vsv::outcomes {
namespace {

// Names in the order of the enumerators, which count from 0.
template <typename Enum>
struct Names;

template <>
struct Names<SliceKind> {
  static constexpr std::array<absl::string_view, 7> kAll = {
      "NATIONAL", "REGION", "INSTITUTION", "COLLEGE", "TEAM", "DOMAIN", "OTHER"};
};

template <>
struct Names<FigureStatus> {
  static constexpr std::array<absl::string_view, 3> kAll = {"PROVISIONAL", "DEFINITIVE",
                                                            "RESTATED"};
};

template <>
struct Names<FigureOrigin> {
  static constexpr std::array<absl::string_view, 2> kAll = {"PUBLISHED", "OWN_ESTIMATE"};
};

template <>
struct Names<MeasureUnit> {
  static constexpr std::array<absl::string_view, 3> kAll = {"PERCENT", "COUNT", "SCORE_1_TO_10"};
};

template <>
struct Names<Scope> {
  static constexpr std::array<absl::string_view, 3> kAll = {"UNSPECIFIED", "INTERNAL",
                                                            "ALL_INSTITUTIONS"};
};

template <>
struct Names<Better> {
  static constexpr std::array<absl::string_view, 2> kAll = {"HIGHER", "LOWER"};
};

template <>
struct Names<Direction> {
  static constexpr std::array<absl::string_view, 3> kAll = {"HIGHER", "RETAIN", "LOWER"};
};

template <>
struct Names<Commitment> {
  static constexpr std::array<absl::string_view, 3> kAll = {"FIRM", "INDICATIVE", "TO_BE_SET"};
};

template <>
struct Names<CohortState> {
  static constexpr std::array<absl::string_view, 2> kAll = {"OPEN", "CLOSED"};
};

template <>
struct Names<CountOutcome> {
  static constexpr std::array<absl::string_view, 3> kAll = {"OUTSIDE_POPULATION", "ACCOUNTED_FOR",
                                                            "EARLY_LEAVER"};
};

template <typename Enum>
absl::string_view Lookup(Enum value) {
  return Names<Enum>::kAll[static_cast<size_t>(value)];
}

}  // namespace

absl::string_view NameOf(SliceKind value) {
  return Lookup(value);
}

absl::string_view NameOf(FigureStatus value) {
  return Lookup(value);
}

absl::string_view NameOf(FigureOrigin value) {
  return Lookup(value);
}

absl::string_view NameOf(MeasureUnit value) {
  return Lookup(value);
}

absl::string_view NameOf(Scope value) {
  return Lookup(value);
}

absl::string_view NameOf(Better value) {
  return Lookup(value);
}

absl::string_view NameOf(Direction value) {
  return Lookup(value);
}

absl::string_view NameOf(Commitment value) {
  return Lookup(value);
}

absl::string_view NameOf(CohortState value) {
  return Lookup(value);
}

absl::string_view NameOf(CountOutcome value) {
  return Lookup(value);
}

template <typename Enum>
std::optional<Enum> FromName(absl::string_view name) {
  for (size_t i = 0; i < Names<Enum>::kAll.size(); ++i) {
    if (Names<Enum>::kAll[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::optional<SliceKind> FromName(absl::string_view);
template std::optional<FigureStatus> FromName(absl::string_view);
template std::optional<FigureOrigin> FromName(absl::string_view);
template std::optional<MeasureUnit> FromName(absl::string_view);
template std::optional<Scope> FromName(absl::string_view);
template std::optional<Better> FromName(absl::string_view);
template std::optional<Direction> FromName(absl::string_view);
template std::optional<Commitment> FromName(absl::string_view);
template std::optional<CohortState> FromName(absl::string_view);
template std::optional<CountOutcome> FromName(absl::string_view);

}  // namespace vsv::outcomes

#include "services/outcomes/domain/period.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace vsv::outcomes {
namespace {

std::optional<int> ParseYear(absl::string_view text) {
  int year = 0;
  if (text.size() != 4 || !absl::SimpleAtoi(text, &year)) return std::nullopt;
  if (year < 1990 || year > 2099) return std::nullopt;
  return year;
}

}  // namespace

std::optional<Period> Period::Parse(absl::string_view text) {
  const std::optional<int> first = ParseYear(text.substr(0, 4));
  if (!first.has_value()) return std::nullopt;
  if (text.size() == 4) return Period{*first, false};
  if (text.size() != 9 || text[4] != '-') return std::nullopt;
  const std::optional<int> last = ParseYear(text.substr(5));
  if (!last.has_value() || *last != *first + 1) return std::nullopt;
  return Period{*first, true};
}

std::string Period::ToString() const {
  return school_year ? absl::StrCat(first_year, "-", first_year + 1) : absl::StrCat(first_year);
}

}  // namespace vsv::outcomes

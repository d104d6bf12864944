#include "libs/aip/order_by.h"

#include "libs/errors/errors.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <algorithm>

namespace vsv::aip {

absl::StatusOr<std::vector<OrderKey>> ParseOrderBy(absl::string_view order_by,
                                                   absl::Span<const std::string> allowed) {
  std::vector<OrderKey> keys;
  if (absl::StripAsciiWhitespace(order_by).empty()) return keys;
  int number = 0;
  for (const absl::string_view part : absl::StrSplit(order_by, ',')) {
    ++number;
    const auto refuse = [&number](absl::string_view what) {
      return errors::FieldInvalid("order_by", absl::StrCat("key ", number, ": ", what));
    };
    const std::vector<std::string> words =
        absl::StrSplit(part, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (words.empty() || std::find(allowed.begin(), allowed.end(), words[0]) == allowed.end()) {
      return refuse(absl::StrCat("expected one of ", absl::StrJoin(allowed, ", ")));
    }
    if (words.size() > 2 || (words.size() == 2 && words[1] != "asc" && words[1] != "desc")) {
      return refuse("expected asc or desc behind the field");
    }
    const bool twice = std::any_of(keys.begin(), keys.end(),
                                   [&words](const OrderKey& key) { return key.field == words[0]; });
    if (twice) return refuse("this field stands there twice");
    keys.push_back({words[0], words.size() == 2 && words[1] == "desc"});
  }
  return keys;
}

}  // namespace vsv::aip

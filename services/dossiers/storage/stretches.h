// Filling a page whose rows are judged one by one: candidates are taken in stretches of an index,
// so that the cost of a page does not depend on how many there are in all, and rows in portions, so
// that it does not depend on how large those are that have no place in it.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/pg/result.h"
#include "services/dossiers/domain/page.h"
#include "services/dossiers/storage/question.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace vsv::dossiers {

// Before every UUID.
inline constexpr char kBeforeTheFirst[] = "00000000-0000-0000-0000-000000000000";

// Calls `fetch(after, wanted, take)` -> StatusOr<pg::Result> for one stretch after another and
// `add(row)` -> Status for each row found, until the page ends or no candidates are left. True when
// there may be more. The statement gives columns is_fresh, id, last_candidate and candidates, as
// list_dossiers does. `first`: rows to ask for first, where they may be large.
template <typename Fetch, typename Add>
absl::StatusOr<bool> FillPage(std::string after, const PageLimits& limits, Fetch fetch, Add add,
                              int first = std::numeric_limits<int>::max()) {
  constexpr int64_t kSpare = 50;  // most candidates are granted
  constexpr int64_t kLongest = 2000;
  PageFill page(limits, first);
  int64_t poor = 0;  // candidates of the stretch before, if it held less than was wanted
  while (true) {
    const int64_t wanted = page.portion();
    const int64_t take = std::max(wanted + kSpare, std::min(2 * poor, kLongest));
    VSV_ASSIGN_OR_RETURN(const pg::Result result, fetch(after, wanted, take));
    VSV_RETURN_IF_ERROR(CheckFresh(result));
    int64_t given = 0;
    for (const pg::Row row : result) {
      if (row.IsNull("id")) continue;
      VSV_RETURN_IF_ERROR(add(row));
      page.Add(row.Size());
      if (page.full()) return true;
      after = row.Text("id");
      ++given;
    }
    const bool is_last = result[0].Int("candidates") < take;
    if (given < wanted) {
      if (is_last) return false;
      after = result[0].Text("last_candidate");
      poor = take;
    } else {
      if (is_last && after == result[0].Text("last_candidate")) return false;
      poor = 0;
    }
  }
}

}  // namespace vsv::dossiers

// Filling a page whose rows are judged one by one: candidates are taken in stretches of an index,
// so that the cost of a page does not depend on how many there are in all.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/pg/result.h"
#include "services/dossiers/domain/page.h"
#include "services/dossiers/storage/question.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace vsv::dossiers {

// Before every UUID.
inline constexpr char kBeforeTheFirst[] = "00000000-0000-0000-0000-000000000000";

// Calls `fetch(after, wanted, take)` -> StatusOr<pg::Result> for one stretch after another and
// `add(row)` -> Status for each row found, until the page ends or no candidates are left. True when
// there may be more. The statement gives columns is_fresh, id, last_candidate and candidates, as
// list_dossiers does.
template <typename Fetch, typename Add>
absl::StatusOr<bool> FillPage(std::string after, const PageLimits& limits, Fetch fetch, Add add) {
  constexpr int64_t kSpare = 50;  // most candidates are granted
  constexpr int64_t kLongest = 2000;
  int64_t wanted = limits.rows;
  size_t bytes = 0;
  for (int64_t take = wanted + kSpare;; take = std::min(2 * take, kLongest)) {
    VSV_ASSIGN_OR_RETURN(const pg::Result result, fetch(after, wanted, take));
    VSV_RETURN_IF_ERROR(CheckFresh(result));
    for (const pg::Row row : result) {
      if (row.IsNull("id")) continue;
      VSV_RETURN_IF_ERROR(add(row));
      --wanted;
      bytes += row.Size();
      if (wanted == 0 || bytes >= limits.bytes) return true;
    }
    if (result[0].Int("candidates") < take) return false;
    after = result[0].Text("last_candidate");
  }
}

}  // namespace vsv::dossiers

#include "libs/audit/snapshot.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <algorithm>

namespace vsv::audit {

bool Snapshot::HadEnded(int64_t transaction) const {
  return transaction < none_from &&
         !std::binary_search(running.begin(), running.end(), transaction);
}

std::string Snapshot::Text() const {
  return absl::StrCat(all_before, ":", none_from, ":", absl::StrJoin(running, ","));
}

absl::StatusOr<Snapshot> ParseSnapshot(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  Snapshot snapshot;
  bool good = parts.size() == 3 && absl::SimpleAtoi(parts[0], &snapshot.all_before) &&
              absl::SimpleAtoi(parts[1], &snapshot.none_from);
  if (good && !parts[2].empty()) {
    for (const absl::string_view one : absl::StrSplit(parts[2], ',')) {
      good = good && absl::SimpleAtoi(one, &snapshot.running.emplace_back());
    }
  }
  if (!good || !std::is_sorted(snapshot.running.begin(), snapshot.running.end()) ||
      snapshot.Text() != text) {
    return absl::InvalidArgumentError("no snapshot of PostgreSQL");
  }
  return snapshot;
}

}  // namespace vsv::audit

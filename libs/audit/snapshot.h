// What PostgreSQL's pg_snapshot tells: which transactions had ended.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::audit {

struct Snapshot {
  int64_t all_before = 1;        // every transaction before this one had ended
  int64_t none_from = 1;         // none from this one on
  std::vector<int64_t> running;  // between the two, ascending

  bool HadEnded(int64_t transaction) const;
  // As PostgreSQL writes it: "10:20:10,14".
  std::string Text() const;
};

// INVALID_ARGUMENT for anything that Text would not write.
absl::StatusOr<Snapshot> ParseSnapshot(absl::string_view text);

}  // namespace vsv::audit

// Lists of checkpoints: those of the database, and those that somebody kept.
#pragma once

#include "libs/audit/checkpoint.h"
#include "libs/audit/findings.h"

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <string>
#include <vector>

namespace vsv::audit {

struct Chain {
  std::vector<Checkpoint> standing;  // what the trail must agree with, in order
  std::vector<Restore> restores;
};

// Those that are genuine. What is wrong with the others, or between two, is added to the report.
Chain CheckDatabaseChain(absl::string_view notes, const std::string& service,
                         absl::Span<const std::string> public_keys, Report& report);

// As above, of a list that may leave some out and be cut off at its end, and in which a restore may
// follow what it lost, which does not stand any more.
Chain CheckKeptChain(absl::string_view notes, const std::string& service,
                     absl::Span<const std::string> public_keys, Report& report);

}  // namespace vsv::audit

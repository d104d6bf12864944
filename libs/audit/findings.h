// What verifying a trail brings to light.
#pragma once

#include "absl/time/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::audit {

enum class Fault : uint8_t {
  kEntryChanged,     // its columns are not what was sealed
  kSubjectsChanged,  // whom it is about is not what was sealed
  kEntryRemoved,
  kEntryInserted,  // among sealed ones, without a leaf
  kOrderChanged,   // the entry of another leaf stands at this one
  kLeavesMissing,
  kTreeChanged,       // the leaves are not those of a signed root
  kCheckpointForged,  // no signature of a key of the trail
  kCheckpointMissing,
  kFork,           // two histories: not that of a restore which says what it follows
  kTailTooOld,     // committed long ago and not sealed
  kOutsideBehind,  // sealed long ago and not kept outside
};

// Its name as printed: "ENTRY_CHANGED".
std::string NameOf(Fault fault);

struct Finding {
  Fault fault;
  std::string text;
};

// A restore, and what it cost.
struct Restore {
  absl::Time at;
  int64_t size = 0;  // leaves that were there again
  int64_t lost = 0;  // that were sealed and are not there any more
};

struct Report {
  int64_t leaves = 0;
  int64_t checkpoints = 0;  // in the export
  int64_t kept = 0;         // known outside
  int64_t unsealed = 0;
  std::optional<absl::Duration> oldest_unsealed;  // its age when exported
  std::vector<Restore> restores;
  std::vector<Finding> findings;
  int64_t more_findings = 0;  // that are not listed

  void Add(Fault fault, std::string text);

  bool verifies() const { return findings.empty(); }

  // Lines for a person to read.
  std::string Text() const;
};

}  // namespace vsv::audit

// What the sealer says of the trail from time to time, and signs. A note as of transparency logs
// (C2SP signed-note, tlog-checkpoint), so that it can be read and checked with other people's
// programs too.
//
//   vsv-regie/dossiers/7e57d004-2b97-4e7a-b45f-5387367791cd      the service and its trail
//   1234                                                        leaves
//   qAmlEWpHrMy1kX8j9YZ3cTl0iJ4xw5v9Iu6b3m1Qd0s=                root of their tree
//   number 17                                                   counted in the database from 1
//   time 2026-11-22T19:45:17.123456Z
//   restored-after 0b3c... 1300 S1b2...=                        of a restore only
//
//   — vsv-regie/dossiers 8mTzL2v...                             Ed25519
#pragma once

#include "libs/base/ed25519.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

// A state of a trail.
struct TreeHead {
  std::string trail;  // UUID
  int64_t size = 0;   // leaves
  std::string root;   // 32 raw bytes

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

struct Checkpoint {
  std::string service;  // "dossiers"
  TreeHead head;
  int64_t number = 0;
  absl::Time time;  // to the microsecond
  // A restore: the trail goes on under a new id from what the restored database holds, after this
  // last state that was known outside.
  std::optional<TreeHead> restored_after;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The note with its signature; ends with a line end.
std::string SignCheckpoint(const Checkpoint& checkpoint, const base::Ed25519Key& key);

// INVALID_ARGUMENT unless `note` is one that SignCheckpoint may have made, to the letter. Says
// nothing of the signature.
absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view note);

// Whether a note is signed by one of the keys (32 raw bytes each).
bool IsSignedBy(absl::string_view note, absl::Span<const std::string> public_keys);

// Notes as they are kept in a file: each followed by an empty line. What was cut off in the middle
// at the end is left out.
std::vector<absl::string_view> SplitNotes(absl::string_view text);

}  // namespace vsv::audit

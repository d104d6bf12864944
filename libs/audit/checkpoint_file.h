// Checkpoints in a file outside of the database, so that its owner cannot rewrite what was sealed
// without it showing. Only ever added to; several processes may share it.
#pragma once

#include "libs/audit/checkpoint.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

// A note that stands last, and what it says.
struct KeptCheckpoint {
  std::string note;
  Checkpoint checkpoint;
};

class CheckpointFile {
 public:
  // DIR/<service>.checkpoints, made when something is first kept. FAILED_PRECONDITION when the
  // directory is not there or may not be written.
  static absl::StatusOr<CheckpointFile> In(const std::string& directory,
                                           const std::string& service);

  const std::string& path() const { return path_; }

  // The last checkpoint; nullopt when there is none yet. DATA_LOSS when it cannot be read as one.
  absl::StatusOr<std::optional<KeptCheckpoint>> Last() const;

  // Adds the notes that `after` finds to follow the last checkpoint, while nobody else adds, and
  // returns how many. They are on the disk when it returns.
  using After =
      std::function<absl::StatusOr<std::vector<std::string>>(const std::optional<KeptCheckpoint>&)>;
  absl::StatusOr<int64_t> Add(const After& after) const;

 private:
  explicit CheckpointFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace vsv::audit

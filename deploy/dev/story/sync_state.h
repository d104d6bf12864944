// What a subscriber of the change feed holds: dossiers and the cursor up to which it has them,
// stored together.
#pragma once

#include "vsv/dossiers/v1/watch.pb.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <map>
#include <string>

namespace vsv::story {

class SyncState {
 public:
  // Reads the file; a missing one is an empty state.
  static absl::StatusOr<SyncState> Load(const std::string& path);

  // Applies a batch and takes over its cursor. Applying one twice changes nothing.
  void Apply(const vsv::dossiers::v1::WatchDossiersResponse& batch);

  // Forgets everything: the next stream begins with a snapshot.
  void Clear();

  // Replaces the file in one step: after a crash it holds the state before or after, never between.
  absl::Status Save(const std::string& path) const;

  const std::string& cursor() const { return cursor_; }

  const std::map<std::string, vsv::dossiers::v1::Dossier>& dossiers() const { return dossiers_; }

 private:
  void Recall(const vsv::dossiers::v1::DossierTombstone& tombstone);

  std::string cursor_;
  std::map<std::string, vsv::dossiers::v1::Dossier> dossiers_;  // by name
};

}  // namespace vsv::story

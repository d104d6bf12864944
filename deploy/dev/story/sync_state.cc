#include "deploy/dev/story/sync_state.h"

#include "libs/policy/method_policy.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

}  // namespace

// The file is one message of the contract: upserts of everything held, and the cursor.
absl::StatusOr<SyncState> SyncState::Load(const std::string& path) {
  SyncState state;
  std::ifstream file(path, std::ios::binary);
  if (!file) return state;
  dossiers::WatchDossiersResponse stored;
  if (!stored.ParseFromIstream(&file))
    return absl::DataLossError(absl::StrCat(path, " is no state of this client"));
  state.Apply(stored);
  return state;
}

void SyncState::Apply(const dossiers::WatchDossiersResponse& batch) {
  for (const dossiers::DossierChange& change : batch.changes()) {
    if (change.has_upsert()) {
      dossiers_[change.upsert().name()] = change.upsert();
    } else if (change.has_tombstone()) {
      Recall(change.tombstone());
    }
  }
  cursor_ = batch.cursor();
}

// The contract says of each field which category it holds, so what to delete follows from it.
void SyncState::Recall(const dossiers::DossierTombstone& tombstone) {
  if (tombstone.all()) {
    dossiers_.erase(tombstone.dossier());
    return;
  }
  const auto held = dossiers_.find(tombstone.dossier());
  if (held == dossiers_.end()) return;
  const google::protobuf::Descriptor& type = *dossiers::Dossier::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    for (const int category : tombstone.recalled_categories()) {
      if (policy::CategoryOf(*type.field(i)) == category) {
        held->second.GetReflection()->ClearField(&held->second, type.field(i));
      }
    }
  }
}

void SyncState::Clear() {
  cursor_.clear();
  dossiers_.clear();
}

absl::Status SyncState::Save(const std::string& path) const {
  dossiers::WatchDossiersResponse stored;
  stored.set_cursor(cursor_);
  for (const auto& [name, dossier] : dossiers_) *stored.add_changes()->mutable_upsert() = dossier;
  const std::string fresh = absl::StrCat(path, ".new");
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError(absl::StrCat("cannot write ", fresh));
  const bool written = stored.SerializeToFileDescriptor(file) && fsync(file) == 0;
  close(file);
  if (!written || std::rename(fresh.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

}  // namespace vsv::story

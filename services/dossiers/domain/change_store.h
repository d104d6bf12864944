// What subscribers follow: changes of dossiers, and counts of processes. The cursor (epoch,
// authenticity) is the feed library's; here positions are plain numbers per region.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/page.h"
#include "services/dossiers/domain/process_count.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vsv::dossiers {

// Last position handed out, per region.
using Positions = std::map<RegionId, int64_t>;

// A subscriber must give up what it holds: these categories, or the dossier as a whole
// (kAllCategories).
struct Tombstone {
  RegionId region;
  DossierId dossier;
  CategorySet categories;
  RecallReason reason = RecallReason::kBasisEnded;
  absl::Time recalled_at;
};

// One change for one subscriber: the current state as granted, or a tombstone. Who loses some
// categories and keeps others gets two changes of one position: the tombstone, then the state.
struct DossierChangeRow {
  int64_t position = 0;  // the last that told of it
  RegionId region;
  std::variant<DossierRow, Tombstone> change;
};

struct DossierChanges {
  std::vector<DossierChangeRow> changes;
  Positions positions;  // up to where everything has been looked at, also what was not for this
                        // subscriber
  bool more = false;    // there is more at once
  // Whoever has these changes has all that was committed before it; nothing while there is more.
  std::optional<absl::Time> current_as_of;
  std::string epoch;  // that the positions count in
};

// The snapshot in the order of (region, id), a page at a time.
struct SnapshotCommand {
  Asker asker;
  RegionId region;
  std::optional<DossierId> after;
  PageLimits limits;
};

// `limits`: where the batch ends. Rows are entries of the feed that are looked at; counts are small
// and have no other limit.
struct ChangesCommand {
  Asker asker;
  Positions after;
  PageLimits limits;
};

// Counts changed since a position, each with its present value (absolute, not a delta).
struct CountChange {
  int64_t position = 0;
  CountKey key;
  int64_t value = 0;  // net change of that key on that day
};

struct CountChanges {
  std::vector<CountChange> changes;
  Positions positions;
  bool more = false;
  std::optional<absl::Time> current_as_of;  // as in DossierChanges
};

// Thread-safe. Everything handed out is judged, audited, recorded as held by the subscriber and
// committed before return.
class ChangeStore {
 public:
  virtual ~ChangeStore() = default;
  // The epoch that positions count in; a cursor of another one is expired.
  virtual absl::StatusOr<std::string> Epoch(absl::Time deadline) = 0;
  // Present head of the feed of each region: taken before a snapshot, so that the tail has no gap.
  virtual absl::StatusOr<Positions> Heads(const std::vector<RegionId>& regions,
                                          absl::Time deadline) = 0;
  // Visible dossiers and nothing else; without more the region is done.
  virtual absl::StatusOr<Page<DossierRow>> Snapshot(const SnapshotCommand& command) = 0;
  // Errors: CURSOR_EXPIRED (positions beyond the retained history).
  virtual absl::StatusOr<DossierChanges> Changes(const ChangesCommand& command) = 0;
  // Counts of regions; position 0 reads all there is. No personal data, no audit. Errors:
  // CURSOR_EXPIRED.
  virtual absl::StatusOr<CountChanges> Counts(const ChangesCommand& command) = 0;
};

}  // namespace vsv::dossiers

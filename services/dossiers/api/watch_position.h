// Where a watcher stands, and the cursor that says so.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/domain/change_store.h"

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// The regions of a request, sorted; none twice.
std::vector<RegionId> ParseRegions(const google::protobuf::RepeatedPtrField<std::string>& names,
                                   Checks& checks);

// Positions of a subscriber within one epoch, for one set of regions and one purpose.
class WatchPosition {
 public:
  // From a cursor, or at position 0 of each region when `cursor` is empty. `stream` keeps the
  // cursors of the two streams apart. Errors: CURSOR_INVALID, CURSOR_EXPIRED.
  static absl::StatusOr<WatchPosition> Open(const rpc::CallContext& call, const std::string& stream,
                                            const std::vector<RegionId>& regions,
                                            const std::string& cursor, const std::string& epoch,
                                            const feed::Cursors& cursors);

  const std::string& epoch() const { return cursor_.epoch; }

  const Positions& positions() const { return positions_; }

  void set_positions(Positions positions) { positions_ = std::move(positions); }

  // How far the snapshot has come ("16:<uuid>" = the next dossier of region 16 after that one); ""
  // = following the tail.
  const std::string& snapshot() const { return cursor_.snapshot; }

  void set_snapshot(std::string snapshot) { cursor_.snapshot = std::move(snapshot); }

  // CURSOR_EXPIRED when the feed has begun another epoch since.
  absl::Status CheckEpoch(const std::string& epoch) const;

  // The cursor of where it stands now.
  std::string Cursor(const feed::Cursors& cursors) const;

 private:
  feed::Cursor cursor_;
  Positions positions_;
};

}  // namespace vsv::dossiers

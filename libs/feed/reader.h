// Reading the change feed.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::feed {

// One numbered change.
struct FeedEntry {
  std::string region;
  int64_t position = 0;
  std::string resource_kind;
  std::string resource_id;
  int64_t version = 0;
  absl::Time sequenced_at;
};

struct FeedBatch {
  std::vector<FeedEntry> entries;  // by region, then position
  Positions positions;             // where to go on: for every region asked
  bool more = false;               // some region has more at once
  // Who has seen these entries has seen everything committed before this time. Nothing while there
  // is more, or before the sequencer has run for the first time.
  std::optional<absl::Time> current_as_of;
};

// Entries after `after`, whose regions are those that are read: `limit` in all, shared evenly by
// the regions that have any, but at least one of each of these. Errors: CURSOR_EXPIRED when a
// position lies before what is kept, or beyond what was ever handed out.
absl::StatusOr<FeedBatch> ReadFeed(pg::Transaction& tx, const Positions& after, int64_t limit);

// Position of the newest change per region; 0 where there was none. Take them before a snapshot:
// what the snapshot misses is behind them.
absl::StatusOr<Positions> GetHeads(pg::Transaction& tx, absl::Span<const std::string> regions);

// State of the feed, for operators.
struct RegionStatus {
  std::string region;
  int64_t head_position = 0;
  int64_t oldest_position = 1;
};

struct FeedStatus {
  std::string epoch;  // "" before the first start
  std::vector<RegionStatus> regions;
  std::optional<absl::Time> sequenced_until;
  int64_t unsequenced = 0;
};

absl::StatusOr<FeedStatus> GetStatus(pg::Transaction& tx);

// Forgets what was numbered before `before`, at most `limit` changes per region at a time; returns
// how many. For the worker role. A subscriber that stands further back gets CURSOR_EXPIRED and
// starts afresh.
absl::StatusOr<int64_t> PurgeFeed(pg::Transaction& tx, absl::Time before, int64_t limit);

}  // namespace vsv::feed

// The end of the change feed in memory, read once for all subscribers, with whom each change may
// concern: what concerns nobody who listens costs no judgement.
#pragma once

#include "libs/base/clock.h"
#include "libs/feed/reader.h"
#include "libs/pg/pool.h"
#include "services/dossiers/domain/change_store.h"

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// What lies behind a position and may concern one subscriber.
struct ChangesFound {
  std::vector<feed::FeedEntry> entries;
  Positions positions;  // up to where everything has been looked at
  bool more = false;
  std::optional<absl::Time> current_as_of;  // as in DossierChanges
  std::string epoch;
};

// Thread-safe.
//
// Whom a change concerns is looked up when it is read: who stands in a relation to the dossier,
// serves its residence or was given something of it. Who comes to stand in a relation later does so
// by a change of its own, or by one of the register; when the register or the day has changed, what
// was looked up before is no longer believed and concerns everybody. Who is given something for the
// first time has a lock on the dossier until that is written, for which later changes wait. So
// nobody is left out whom the judgement would have given something; that judgement itself is made
// afresh for each subscriber.
class RecentChanges {
 public:
  // `worker`: pool of the worker role, with a connection to spare. Both outlive this.
  RecentChanges(pg::Pool& worker, const base::Clock& clock, size_t kept_per_region = 5000)
      : worker_(worker), clock_(clock), kept_per_region_(kept_per_region) {}

  // Begins to keep what comes after these positions, in regions where nothing behind them is kept.
  void KeepFrom(const Positions& positions);
  // Whether everything that was numbered after these positions is kept, or yet to be read.
  bool Covers(const Positions& after) const;
  // Reads what was numbered since the last time.
  absl::Status Read(absl::Time deadline);
  // What may concern `organisation`, at most `limit` entries; nothing when `after` is not covered.
  std::optional<ChangesFound> Find(const Positions& after, const OrganisationId& organisation,
                                   int limit) const;

 private:
  struct Kept {
    feed::FeedEntry entry;
    std::vector<std::string> concerned;  // sorted
  };

  struct Region {
    int64_t first = 0;       // position behind which everything is kept
    int64_t last = 0;        // up to which it was read
    int64_t unbelieved = 0;  // entries up to here concern everybody
    std::deque<Kept> kept;
  };

  // What the lookups depend on besides the dossiers.
  struct Circumstances {
    std::string register_cursor;
    absl::CivilDay day;

    bool operator==(const Circumstances& other) const {
      return register_cursor == other.register_cursor && day == other.day;
    }
  };

  struct News {
    std::string epoch;
    Circumstances circumstances;
    feed::FeedBatch batch;
    std::vector<Kept> kept;
  };

  feed::Positions Ends() const;
  absl::StatusOr<News> ReadNews(const feed::Positions& after, absl::Time deadline);
  void Keep(News news);
  bool CoversLocked(const Positions& after) const;

  pg::Pool& worker_;
  const base::Clock& clock_;
  const size_t kept_per_region_;
  std::mutex reading_;  // one at a time reads; never taken under mutex_
  mutable std::mutex mutex_;
  std::map<RegionId, Region> regions_;
  std::string epoch_;
  Circumstances circumstances_;
  bool more_ = false;
  std::optional<absl::Time> current_as_of_;
};

}  // namespace vsv::dossiers

// What subscribers are given of the dossiers that changed.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/change_store.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <optional>
#include <vector>

namespace vsv::dossiers {

// Positions as the domain and as the feed library have them.
feed::Positions ToFeed(const Positions& positions);
Positions FromFeed(const feed::Positions& positions);

// What the feed tells that may concern a subscriber.
struct ForSubscriber {
  const Asker* asker;
  std::vector<feed::FeedEntry> entries;  // by region, then position
  PageLimits limits;
};

struct Delivered {
  std::vector<DossierChangeRow> changes;
  Positions left;  // where to go on, in regions of which the page did not take all entries
};

// Judges the present state of what changed for each of its subscribers, up to the dossier with
// which its page is full, notes receipts and recalls, and who was given what, all in the caller's
// transaction, whose context they are. Answers for each subscriber, in order: nullopt when somebody
// is changing one of its dossiers just now, so that it must come back; receipts of its other
// dossiers may be there already, as of a page that nobody took. With the receipts of one that is
// alone, the transaction waits in its next run instead.
absl::StatusOr<std::vector<std::optional<Delivered>>> DeliverIn(
    pg::Transaction& tx, const std::vector<ForSubscriber>& subscribers, const PupilKeys& keys,
    absl::Duration max_age, FirstReceipts* of_one_alone = nullptr);

}  // namespace vsv::dossiers

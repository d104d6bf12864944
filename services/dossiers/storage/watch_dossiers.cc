#include "services/dossiers/storage/watch_dossiers.h"

#include "libs/base/status_macros.h"
#include "libs/feed/reader.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include "absl/types/span.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

// Questions of one statement, whoever asks: each may be answered by a large dossier.
constexpr size_t kAskedTogether = 200;

// A dossier that occurs in a batch of the feed, once for all its entries.
struct Changed {
  RegionId region;
  DossierId id;
  int64_t first_position = 0;  // of its entries
  int64_t last_position = 0;
  // Lowest and highest of its changes, and the lowest time of ends without one (events.h).
  int64_t first_version = std::numeric_limits<int64_t>::max();
  int64_t last_version = 0;
  int64_t first_noted = 0;  // 0: none
};

// In the order of their first entries: before that of the next, all that tell of it are left.
std::vector<Changed> Collapse(const std::vector<feed::FeedEntry>& entries) {
  std::map<std::pair<std::string, std::string>, size_t> places;
  std::vector<Changed> changed;
  for (const feed::FeedEntry& entry : entries) {
    if (!IsOfDossier(entry)) continue;
    const auto [at, is_new] = places.try_emplace({entry.region, entry.resource_id}, changed.size());
    if (is_new) {
      changed.push_back({RegionId(entry.region), DossierId(entry.resource_id), entry.position});
    }
    Changed& one = changed[at->second];
    one.last_position = entry.position;
    if (entry.resource_kind == kBasisEvents) {
      if (one.first_noted == 0) one.first_noted = entry.version;
      one.first_noted = std::min(one.first_noted, entry.version);
      continue;
    }
    one.first_version = std::min(one.first_version, entry.version);
    one.last_version = std::max(one.last_version, entry.version);
  }
  return changed;
}

// What one subscriber is given, and what that leaves in the database.
class Batch {
 public:
  Batch(const ForSubscriber& subscriber, const PupilKeys& keys)
      : asker_(*subscriber.asker),
        keys_(keys),
        changed_(Collapse(subscriber.entries)),
        page_(subscriber.limits, kFirstPortion) {}

  const Asker& asker() const { return asker_; }

  // What is to be asked about next.
  absl::Span<const Changed> portion() const {
    if (page_.full()) return {};
    return absl::MakeConstSpan(changed_).subspan(taken_, static_cast<size_t>(page_.portion()));
  }

  // The answer about the next of them; a full page leaves it.
  absl::Status Add(const pg::Row& row) {
    if (page_.full()) return absl::OkStatus();
    page_.Add(row.Size());
    return Take(row, changed_[taken_++]);
  }

  Delivered Finish() && {
    Delivered delivered{std::move(changes_), {}};
    for (const Changed& changed : absl::MakeConstSpan(changed_).subspan(taken_)) {
      delivered.left.try_emplace(changed.region, changed.first_position - 1);
    }
    return delivered;
  }

 private:
  friend absl::StatusOr<std::set<size_t>> Record(pg::Transaction& tx,
                                                 const std::vector<Batch>& batches,
                                                 FirstReceipts* of_one_alone);

  absl::Status Take(const pg::Row& row, const Changed& changed) {
    const bool visible = !row.IsNull("id");
    const std::vector<std::string> lost = row.TextArray("lost");
    if (!lost.empty()) AddTombstone(row, changed, lost, visible);
    if (!visible) return absl::OkStatus();
    VSV_ASSIGN_OR_RETURN(DossierRow dossier, ReadDossier(row, keys_));
    Access& access = AccessIn(changed.region);
    access.categories = access.categories.Union(dossier.granted);
    if (lost.empty()) access.subjects.push_back(changed.id);
    if (LeavesTheHouse(asker_, dossier)) {
      deliveries_.push_back(
          {&asker_, changed.region, changed.id, dossier.dossier.version, ReadGrants(row)});
    }
    changes_.push_back({changed.last_position, changed.region, std::move(dossier)});
    return absl::OkStatus();
  }

  void AddTombstone(const pg::Row& row, const Changed& changed,
                    const std::vector<std::string>& lost, bool visible) {
    Tombstone tombstone;
    tombstone.region = changed.region;
    tombstone.dossier = changed.id;
    tombstone.categories = visible ? CategoriesOf(lost) : kAllCategories;
    tombstone.reason = FromName<RecallReason>(row.OptionalText("reason").value_or(""))
                           .value_or(RecallReason::kBasisEnded);
    tombstone.recalled_at = row.OptionalTime("recalled_at").value_or(asker_.now);
    recalled_.push_back(
        {changed.region, changed.id, lost, changed.first_version, changed.last_version});
    AccessIn(changed.region).subjects.push_back(changed.id);
    changes_.push_back({changed.last_position, changed.region, std::move(tombstone)});
  }

  Access& AccessIn(const RegionId& region) {
    return accesses_
        .try_emplace(region, Access{&asker_, region, kDossierKind, {}, {}, Outcome::kGranted, true})
        .first->second;
  }

  const Asker& asker_;
  const PupilKeys& keys_;
  std::vector<Changed> changed_;
  size_t taken_ = 0;  // of them
  PageFill page_;
  std::vector<DossierChangeRow> changes_;
  std::vector<Delivery> deliveries_;
  std::vector<Recalled> recalled_;
  std::map<RegionId, Access> accesses_;  // one audit row per region names all its subjects
};

// Gives the places of those to whom something cannot be given just now: they are given nothing.
absl::StatusOr<std::set<size_t>> Record(pg::Transaction& tx, const std::vector<Batch>& batches,
                                        FirstReceipts* of_one_alone) {
  std::vector<Delivery> deliveries;
  std::vector<size_t> owners;
  for (size_t i = 0; i < batches.size(); ++i) {
    for (const Delivery& delivery : batches[i].deliveries_) {
      deliveries.push_back(delivery);
      owners.push_back(i);
    }
  }
  // First, because it locks dossiers, as whoever changes one does before he writes receipts.
  std::set<size_t> busy;
  if (of_one_alone != nullptr) {
    VSV_RETURN_IF_ERROR(of_one_alone->Record(tx, deliveries));
  } else {
    VSV_ASSIGN_OR_RETURN(busy, NoteHoldings(tx, deliveries));
  }
  std::set<size_t> waiting;
  for (const size_t i : busy) waiting.insert(owners[i]);
  std::vector<Access> accesses;
  for (size_t i = 0; i < batches.size(); ++i) {
    if (waiting.count(i) > 0) continue;
    const Batch& batch = batches[i];
    VSV_RETURN_IF_ERROR(RecordRecalls(tx, batch.asker_, batch.recalled_));
    for (const auto& [region, access] : batch.accesses_) accesses.push_back(access);
  }
  VSV_RETURN_IF_ERROR(Log(tx, accesses));
  return waiting;
}

// Asks about the next portion of each page that is not full, of as many as one statement takes;
// false when nothing is left to ask about.
absl::StatusOr<bool> FillSome(pg::Transaction& tx, std::vector<Batch>& batches,
                              absl::Duration max_age) {
  std::vector<Question> questions;
  std::vector<int64_t> versions;
  std::vector<int64_t> noted;
  std::vector<Batch*> owners;  // of each question
  for (Batch& batch : batches) {
    for (const Changed& changed : batch.portion()) {
      if (questions.size() == kAskedTogether) break;
      questions.push_back({&batch.asker(), changed.region, changed.id});
      versions.push_back(changed.first_version);
      noted.push_back(changed.first_noted);
      owners.push_back(&batch);
    }
  }
  if (questions.empty()) return false;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kDeliverDossiers,
                 AskParams(questions).IntArray(versions).IntArray(noted).Int(Seconds(max_age))));
  VSV_RETURN_IF_ERROR(CheckFresh(rows));
  for (const pg::Row row : rows) {
    VSV_RETURN_IF_ERROR(owners[static_cast<size_t>(row.Int("ordinal")) - 1]->Add(row));
  }
  return true;
}

}  // namespace

feed::Positions ToFeed(const Positions& positions) {
  feed::Positions converted;
  for (const auto& [region, position] : positions) converted[region.value()] = position;
  return converted;
}

Positions FromFeed(const feed::Positions& positions) {
  Positions converted;
  for (const auto& [region, position] : positions) converted[RegionId(region)] = position;
  return converted;
}

absl::StatusOr<std::vector<std::optional<Delivered>>> DeliverIn(
    pg::Transaction& tx, const std::vector<ForSubscriber>& subscribers, const PupilKeys& keys,
    absl::Duration max_age, FirstReceipts* of_one_alone) {
  std::vector<Batch> batches;
  for (const ForSubscriber& subscriber : subscribers) batches.emplace_back(subscriber, keys);
  for (bool more = true; more;) {
    VSV_ASSIGN_OR_RETURN(more, FillSome(tx, batches, max_age));
  }
  VSV_ASSIGN_OR_RETURN(const std::set<size_t> waiting, Record(tx, batches, of_one_alone));
  std::vector<std::optional<Delivered>> delivered(batches.size());
  for (size_t i = 0; i < batches.size(); ++i) {
    if (waiting.count(i) == 0) delivered[i] = std::move(batches[i]).Finish();
  }
  return delivered;
}

}  // namespace vsv::dossiers

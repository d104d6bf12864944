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

// A dossier that occurs in a batch of the feed, once for all its entries.
struct Changed {
  RegionId region;
  DossierId id;
  int64_t position = 0;  // of the last entry
  // Lowest and highest of its changes, and the lowest time of ends without one (events.h).
  int64_t first_version = std::numeric_limits<int64_t>::max();
  int64_t last_version = 0;
  int64_t first_noted = 0;  // 0: none
};

// In the order of region and last position.
std::vector<Changed> Collapse(const std::vector<feed::FeedEntry>& entries) {
  std::map<std::pair<std::string, std::string>, Changed> found;
  for (const feed::FeedEntry& entry : entries) {
    if (!IsOfDossier(entry)) continue;
    const auto [at, is_new] = found.try_emplace({entry.region, entry.resource_id});
    Changed& changed = at->second;
    if (is_new) {
      changed.region = RegionId(entry.region);
      changed.id = DossierId(entry.resource_id);
    }
    changed.position = entry.position;
    if (entry.resource_kind == kBasisEvents) {
      if (changed.first_noted == 0) changed.first_noted = entry.version;
      changed.first_noted = std::min(changed.first_noted, entry.version);
      continue;
    }
    changed.first_version = std::min(changed.first_version, entry.version);
    changed.last_version = std::max(changed.last_version, entry.version);
  }
  std::vector<Changed> changed;
  for (auto& [key, value] : found) changed.push_back(std::move(value));
  std::sort(changed.begin(), changed.end(), [](const Changed& a, const Changed& b) {
    return std::tie(a.region, a.position) < std::tie(b.region, b.position);
  });
  return changed;
}

// What one subscriber is given, and what that leaves in the database.
class Batch {
 public:
  Batch(const Asker& asker, const PupilKeys& keys) : asker_(asker), keys_(keys) {}

  absl::Status Add(const pg::Row& row, const Changed& changed) {
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
    changes_.push_back({changed.position, changed.region, std::move(dossier)});
    return absl::OkStatus();
  }

  std::vector<DossierChangeRow> TakeChanges() { return std::move(changes_); }

 private:
  friend absl::StatusOr<std::set<size_t>> Record(pg::Transaction& tx,
                                                 const std::vector<Batch>& batches,
                                                 FirstReceipts* of_one_alone);

  void AddTombstone(const pg::Row& row, const Changed& changed,
                    const std::vector<std::string>& lost, bool visible) {
    Tombstone tombstone;
    tombstone.region = changed.region;
    tombstone.dossier = changed.id;
    tombstone.categories = visible ? CategoriesOf(lost) : kAllCategories;
    tombstone.reason = FromName<RecallReason>(row.OptionalText("reason").value_or(""))
                           .value_or(RecallReason::kBasisEnded);
    tombstone.recalled_at = row.OptionalTime("recalled_at").value_or(asker_.now);
    const int64_t version =
        std::max(changed.last_version, row.OptionalInt("recall_version").value_or(0));
    recalled_.push_back({changed.region, changed.id, lost, version, row.Bool("ended_silently")});
    AccessIn(changed.region).subjects.push_back(changed.id);
    changes_.push_back({changed.position, changed.region, std::move(tombstone)});
  }

  Access& AccessIn(const RegionId& region) {
    return accesses_
        .try_emplace(region, Access{&asker_, region, kDossierKind, {}, {}, Outcome::kGranted, true})
        .first->second;
  }

  const Asker& asker_;
  const PupilKeys& keys_;
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

absl::StatusOr<std::vector<std::optional<std::vector<DossierChangeRow>>>> DeliverIn(
    pg::Transaction& tx, const std::vector<ForSubscriber>& subscribers, const PupilKeys& keys,
    absl::Duration max_age, FirstReceipts* of_one_alone) {
  if (of_one_alone != nullptr) VSV_RETURN_IF_ERROR(of_one_alone->Await(tx));
  std::vector<Batch> batches;
  std::vector<Changed> changed;
  std::vector<Question> questions;
  std::vector<size_t> owners;  // subscriber of each question
  std::set<size_t> waiting;
  for (size_t i = 0; i < subscribers.size(); ++i) {
    batches.emplace_back(*subscribers[i].asker, keys);
    for (Changed& c : Collapse(subscribers[i].entries)) {
      questions.push_back({subscribers[i].asker, c.region, c.id});
      owners.push_back(i);
      changed.push_back(std::move(c));
    }
  }
  if (!questions.empty()) {
    VSV_ASSIGN_OR_RETURN(
        const pg::Result rows,
        tx.Execute(sql::kDeliverDossiers,
                   AskParams(questions)
                       .IntArray(Ints(changed, [](const Changed& c) { return c.first_version; }))
                       .IntArray(Ints(changed, [](const Changed& c) { return c.first_noted; }))
                       .Int(Seconds(max_age))));
    VSV_RETURN_IF_ERROR(CheckFresh(rows));
    for (const pg::Row row : rows) {
      const size_t place = static_cast<size_t>(row.Int("ordinal")) - 1;
      VSV_RETURN_IF_ERROR(batches[owners[place]].Add(row, changed[place]));
    }
    VSV_ASSIGN_OR_RETURN(waiting, Record(tx, batches, of_one_alone));
  }
  std::vector<std::optional<std::vector<DossierChangeRow>>> changes(batches.size());
  for (size_t i = 0; i < batches.size(); ++i) {
    if (waiting.count(i) == 0) changes[i] = batches[i].TakeChanges();
  }
  return changes;
}

}  // namespace vsv::dossiers

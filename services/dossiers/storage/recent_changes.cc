#include "services/dossiers/storage/recent_changes.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/feed/projector.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/statements.h"

#include <algorithm>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr char kRegister[] = "partners";  // in projection_cursors
constexpr int64_t kReadTogether = 2000;   // entries at a time

absl::StatusOr<std::vector<std::vector<std::string>>> FindConcerned(
    pg::Transaction& tx, const std::vector<feed::FeedEntry>& entries, absl::CivilDay day) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(
          sql::kFindConcerned,
          pg::Params()
              .TextArray(Texts(entries, [](const feed::FeedEntry& e) { return e.region; }))
              .TextArray(Texts(entries, [](const feed::FeedEntry& e) { return e.resource_id; }))
              .Day(day)));
  std::vector<std::vector<std::string>> concerned(entries.size());
  for (const pg::Row row : rows) {
    std::vector<std::string>& those = concerned[static_cast<size_t>(row.Int("ordinal")) - 1];
    those = row.TextArray("concerned");
    std::sort(those.begin(), those.end());
  }
  return concerned;
}

}  // namespace

void RecentChanges::KeepFrom(const Positions& positions) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [region, position] : positions) {
    const auto [at, is_new] = regions_.try_emplace(region);
    if (is_new || at->second.last < position) at->second = {position, position, 0, {}};
  }
}

bool RecentChanges::Covers(const Positions& after) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return CoversLocked(after);
}

bool RecentChanges::CoversLocked(const Positions& after) const {
  return std::all_of(after.begin(), after.end(), [this](const auto& place) {
    const auto region = regions_.find(place.first);
    return region != regions_.end() && region->second.first <= place.second &&
           place.second <= region->second.last;
  });
}

feed::Positions RecentChanges::Ends() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  feed::Positions ends;
  for (const auto& [id, region] : regions_) ends[id.value()] = region.last;
  return ends;
}

absl::StatusOr<RecentChanges::News> RecentChanges::ReadNews(const feed::Positions& after,
                                                            absl::Time deadline) {
  News news;
  // One snapshot: whom a change concerns is not older than the change.
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      worker_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        news = News();
        VSV_ASSIGN_OR_RETURN(news.epoch, feed::ReadEpoch(tx));
        VSV_ASSIGN_OR_RETURN(const auto followed, feed::ReadProjectionState(tx, kRegister));
        if (followed.has_value()) news.circumstances.register_cursor = followed->cursor;
        news.circumstances.day = base::LocalDay(clock_.Now());
        VSV_ASSIGN_OR_RETURN(news.batch, feed::ReadFeed(tx, after, kReadTogether));
        std::vector<feed::FeedEntry> entries;
        for (const feed::FeedEntry& entry : news.batch.entries) {
          if (IsOfDossier(entry)) entries.push_back(entry);
        }
        if (entries.empty()) return absl::OkStatus();
        VSV_ASSIGN_OR_RETURN(std::vector<std::vector<std::string>> concerned,
                             FindConcerned(tx, entries, news.circumstances.day));
        for (size_t i = 0; i < entries.size(); ++i) {
          news.kept.push_back({std::move(entries[i]), std::move(concerned[i])});
        }
        return absl::OkStatus();
      }));
  return news;
}

void RecentChanges::Keep(News news) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!(news.circumstances == circumstances_)) {
    for (auto& [id, region] : regions_) region.unbelieved = region.last;
    circumstances_ = std::move(news.circumstances);
  }
  epoch_ = std::move(news.epoch);
  more_ = news.batch.more;
  current_as_of_ = news.batch.current_as_of;
  for (Kept& kept : news.kept) {
    const auto region = regions_.find(RegionId(kept.entry.region));
    // A region that has begun afresh meanwhile keeps only what lies behind its new beginning.
    if (region == regions_.end() || kept.entry.position <= region->second.last) continue;
    region->second.kept.push_back(std::move(kept));
  }
  for (const auto& [id, position] : news.batch.positions) {
    const auto found = regions_.find(RegionId(id));
    if (found == regions_.end()) continue;
    Region& region = found->second;
    region.last = std::max(region.last, position);
    while (region.kept.size() > kept_per_region_) {
      region.first = region.kept.front().entry.position;
      region.kept.pop_front();
    }
  }
}

absl::Status RecentChanges::Read(absl::Time deadline) {
  const std::lock_guard<std::mutex> one(reading_);
  const feed::Positions ends = Ends();
  if (ends.empty()) return absl::OkStatus();
  absl::StatusOr<News> news = ReadNews(ends, deadline);
  if (absl::IsOutOfRange(news.status())) {  // CURSOR_EXPIRED
    // Nobody has followed for so long that what comes next is no longer kept by the database.
    const std::lock_guard<std::mutex> lock(mutex_);
    regions_.clear();
    return absl::OkStatus();
  }
  VSV_RETURN_IF_ERROR(news.status());
  Keep(*std::move(news));
  return absl::OkStatus();
}

std::optional<ChangesFound> RecentChanges::Find(const Positions& after,
                                                const OrganisationId& organisation,
                                                int limit) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!CoversLocked(after)) return std::nullopt;
  ChangesFound found;
  found.epoch = epoch_;
  found.more = more_;
  for (const auto& [id, position] : after) {
    const Region& region = regions_.at(id);
    found.positions[id] = region.last;
    auto kept = std::upper_bound(region.kept.begin(), region.kept.end(), position,
                                 [](int64_t p, const Kept& k) { return p < k.entry.position; });
    for (; kept != region.kept.end(); ++kept) {
      const bool concerns =
          kept->entry.position <= region.unbelieved ||
          std::binary_search(kept->concerned.begin(), kept->concerned.end(), organisation.value());
      if (!concerns) continue;
      if (found.entries.size() == static_cast<size_t>(limit)) {
        // The regions that come after this one wait for the next batch.
        found.positions[id] = kept->entry.position - 1;
        found.more = true;
        break;
      }
      found.entries.push_back(kept->entry);
    }
  }
  if (!found.more) found.current_as_of = current_as_of_;
  return found;
}

}  // namespace vsv::dossiers

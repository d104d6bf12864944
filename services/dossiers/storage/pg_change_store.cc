#include "services/dossiers/storage/pg_change_store.h"

#include "libs/base/status_macros.h"
#include "libs/feed/epoch.h"
#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/batches.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/watch_counts.h"

#include "absl/strings/str_cat.h"

#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

// What was delivered of the entries that `changes` spans.
void Put(Delivered delivered, DossierChanges& changes) {
  changes.changes = std::move(delivered.changes);
  if (delivered.left.empty()) return;
  for (const auto& [region, position] : delivered.left) changes.positions[region] = position;
  changes.more = true;
  changes.current_as_of.reset();
}

}  // namespace

PgChangeStore::PgChangeStore(pg::Pool& pool, pg::Pool& worker, const PupilKeys& keys,
                             const base::Clock& clock, PgStoreOptions options,
                             pg::CoalescerOptions together)
    : pool_(pool),
      keys_(keys),
      options_(options),
      recent_(worker, clock),
      follow_(clock, std::move(together),
              [this](std::vector<ChangesCommand> commands, absl::Time deadline) {
                return FollowTogether(std::move(commands), deadline);
              }) {}

absl::StatusOr<std::string> PgChangeStore::Epoch(absl::Time deadline) {
  std::string epoch;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(epoch, feed::ReadEpoch(tx));
                                             return absl::OkStatus();
                                           }));
  return epoch;
}

absl::StatusOr<Positions> PgChangeStore::Heads(const std::vector<RegionId>& regions,
                                               absl::Time deadline) {
  std::vector<std::string> names;
  for (const RegionId& region : regions) names.push_back(region.value());
  Positions heads;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const feed::Positions read, feed::GetHeads(tx, names));
        heads = FromFeed(read);
        return absl::OkStatus();
      }));
  return heads;
}

absl::StatusOr<Page<DossierRow>> PgChangeStore::Snapshot(const SnapshotCommand& command) {
  ListCommand list;
  list.asker = command.asker;
  list.region = command.region;
  list.after = command.after;
  list.limits = command.limits;
  Page<DossierRow> page;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, {{command.asker.organisation.value()}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(page,
                             ListIn(tx, list, keys_, options_.max_register_age, receipts, usual_));
        return absl::OkStatus();
      }));
  return page;
}

absl::StatusOr<DossierChanges> PgChangeStore::Changes(const ChangesCommand& command) {
  if (!recent_.Covers(command.after)) return CatchUp(command);
  const Asker& asker = command.asker;
  // Two streams of one subscriber would write the same receipts.
  VSV_ASSIGN_OR_RETURN(
      Followed followed,
      follow_.Do(command,
                 {.deadline = asker.deadline,
                  .cancelled = asker.cancelled,
                  .keys = {absl::StrCat(asker.organisation.value(), "/", Name(asker.purpose))}}));
  // Who fell behind while it waited, or must wait for somebody's change, does so in its own time
  // and not in that of the batch.
  if (!followed.has_value()) return CatchUp(command);
  return *std::move(followed);
}

absl::StatusOr<DossierChanges> PgChangeStore::CatchUp(const ChangesCommand& command) {
  DossierChanges changes;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, {{command.asker.organisation.value()}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(std::string epoch, feed::ReadEpoch(tx));
        VSV_ASSIGN_OR_RETURN(feed::FeedBatch read,
                             feed::ReadFeed(tx, ToFeed(command.after), command.limits.rows));
        changes = {{}, FromFeed(read.positions), read.more, read.current_as_of, std::move(epoch)};
        VSV_ASSIGN_OR_RETURN(
            std::vector<std::optional<Delivered>> delivered,
            DeliverIn(tx, {{&command.asker, std::move(read.entries), command.limits}}, keys_,
                      options_.max_register_age, &receipts));
        Put(*std::move(delivered.front()), changes);
        return absl::OkStatus();
      }));
  if (!changes.more) {
    VSV_RETURN_IF_ERROR(recent_.Read(command.asker.deadline));
    recent_.KeepFrom(changes.positions);
  }
  return changes;
}

absl::StatusOr<std::vector<std::optional<Delivered>>> PgChangeStore::Deliver(
    const std::vector<const ForSubscriber*>& together, absl::Time deadline) {
  std::vector<ForSubscriber> subscribers;
  std::set<std::string> callers;
  for (const ForSubscriber* subscriber : together) {
    subscribers.push_back(*subscriber);
    callers.insert(subscriber->asker->organisation.value());
  }
  std::vector<std::optional<Delivered>> delivered;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, deadline, {{callers.begin(), callers.end()}},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(delivered,
                             DeliverIn(tx, subscribers, keys_, options_.max_register_age));
        return absl::OkStatus();
      }));
  return delivered;
}

std::vector<absl::StatusOr<PgChangeStore::Followed>> PgChangeStore::FollowTogether(
    std::vector<ChangesCommand> commands, absl::Time deadline) {
  using Verdicts = std::vector<absl::StatusOr<Followed>>;
  if (const absl::Status read = recent_.Read(deadline); !read.ok()) {
    return Verdicts(commands.size(), read);
  }
  Verdicts verdicts;
  std::vector<ForSubscriber> concerned;
  std::vector<size_t> places;
  for (const ChangesCommand& command : commands) {
    std::optional<ChangesFound> found =
        recent_.Find(command.after, command.asker.organisation, command.limits.rows);
    if (!found.has_value()) {
      verdicts.emplace_back(std::nullopt);
      continue;
    }
    if (!found->entries.empty()) {
      concerned.push_back({&command.asker, std::move(found->entries), command.limits});
      places.push_back(verdicts.size());
    }
    verdicts.emplace_back(DossierChanges{{},
                                         std::move(found->positions),
                                         found->more,
                                         found->current_as_of,
                                         std::move(found->epoch)});
  }
  std::vector<const ForSubscriber*> together;
  for (const ForSubscriber& subscriber : concerned) together.push_back(&subscriber);
  if (together.empty()) return verdicts;
  using Answers = std::vector<absl::StatusOr<std::optional<Delivered>>>;
  Answers answers = InHalves(together, [&](const auto& some) -> absl::StatusOr<Answers> {
    VSV_ASSIGN_OR_RETURN(auto pages, Deliver(some, deadline));
    return Answers(std::make_move_iterator(pages.begin()), std::make_move_iterator(pages.end()));
  });
  for (size_t i = 0; i < places.size(); ++i) {
    absl::StatusOr<Followed>& verdict = verdicts[places[i]];
    if (!answers[i].ok()) {
      verdict = answers[i].status();
    } else if (answers[i]->has_value()) {
      Put(**std::move(answers[i]), **verdict);
    } else {
      verdict = std::nullopt;
    }
  }
  return verdicts;
}

absl::StatusOr<CountChanges> PgChangeStore::Counts(const ChangesCommand& command) {
  CountChanges changes;
  // Read committed: the positions first, then the counters, so that what is missed in between comes
  // again with the feed.
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadWrite, command.asker.deadline, {},
                                           [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(changes,
                                                                  CountChangesIn(tx, command));
                                             return absl::OkStatus();
                                           }));
  return changes;
}

}  // namespace vsv::dossiers

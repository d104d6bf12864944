#include "services/dossiers/storage/watch_counts.h"

#include "libs/base/status_macros.h"
#include "libs/feed/reader.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/statements.h"
#include "services/dossiers/storage/watch_dossiers.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

CountKey ReadKey(const pg::Row& row) {
  return {RegionId(row.Text("region_id")),
          FromName<Process>(row.Text("process")).value_or(Process::kTransition),
          row.Text("state"),
          OrganisationId(row.Text("responsible_organisation_id")),
          row.Day("due_on"),
          row.Day("day")};
}

// The positions first: what changes between the two statements comes again with the feed.
absl::StatusOr<CountChanges> Whole(pg::Transaction& tx, const std::vector<std::string>& regions,
                                   const Positions& after) {
  VSV_ASSIGN_OR_RETURN(const feed::Positions heads, feed::GetHeads(tx, regions));
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kListProcessCounts, pg::Params().TextArray(regions)));
  CountChanges result;
  result.positions = after;
  for (const auto& [region, head] : heads) {
    result.positions[RegionId(region)] = head;
    result.more = result.more || head > 0;
  }
  for (const pg::Row row : rows) {
    const CountKey key = ReadKey(row);
    result.changes.push_back({result.positions[key.region], key, row.Int("delta")});
  }
  return result;
}

absl::Status ReadValues(pg::Transaction& tx, std::vector<CountChange>& changes) {
  using Item = CountChange;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(
          sql::kGetProcessCounts,
          pg::Params()
              .TextArray(Texts(changes, [](const Item& i) { return i.key.region.value(); }))
              .TextArray(Texts(changes, [](const Item& i) { return Name(i.key.process); }))
              .TextArray(Texts(changes, [](const Item& i) { return i.key.state; }))
              .TextArray(Texts(changes, [](const Item& i) { return i.key.responsible.value(); }))
              .DayArray(Days(changes, [](const Item& i) { return i.key.due_on; }))
              .DayArray(Days(changes, [](const Item& i) { return i.key.day; }))));
  for (const pg::Row row : rows) {
    changes[static_cast<size_t>(row.Int("ordinal")) - 1].value = row.Int("delta");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CountChanges> CountChangesIn(pg::Transaction& tx, const ChangesCommand& command) {
  std::vector<std::string> from_the_start;
  for (const auto& [region, position] : command.after) {
    if (position == 0) from_the_start.push_back(region.value());
  }
  // A region in which nothing has happened stays at 0; it must not keep the others from their tail.
  VSV_ASSIGN_OR_RETURN(const feed::Positions heads, feed::GetHeads(tx, from_the_start));
  std::erase_if(from_the_start,
                [&heads](const std::string& region) { return heads.at(region) == 0; });
  if (!from_the_start.empty()) return Whole(tx, from_the_start, command.after);
  VSV_ASSIGN_OR_RETURN(const feed::FeedBatch read,
                       feed::ReadFeed(tx, ToFeed(command.after), command.limits.rows));
  CountChanges result{{}, FromFeed(read.positions), read.more, read.current_as_of};
  std::map<CountKey, int64_t> moved;  // with the last position
  for (const feed::FeedEntry& entry : read.entries) {
    if (entry.resource_kind != kCountEvents) continue;
    const std::optional<CountKey> key =
        ParseCountEventId(RegionId(entry.region), entry.resource_id);
    if (key.has_value()) moved[*key] = entry.position;
  }
  for (const auto& [key, position] : moved) result.changes.push_back({position, key, 0});
  if (!result.changes.empty()) VSV_RETURN_IF_ERROR(ReadValues(tx, result.changes));
  return result;
}

}  // namespace vsv::dossiers

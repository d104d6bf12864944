#include "libs/feed/reader.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/statements.h"

#include <map>
#include <utility>

namespace vsv::feed {
namespace {

absl::Status CheckRetained(const pg::Row& row, int64_t after) {
  if (after + 1 < row.Int("oldest_position")) {
    return errors::CursorExpired("the cursor lies before the history that is kept");
  }
  if (after > row.Int("head_position")) {
    return errors::CursorExpired("the cursor lies beyond the history of this database");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FeedBatch> ReadFeed(pg::Transaction& tx, const Positions& after, int64_t limit) {
  FeedBatch batch;
  batch.positions = after;
  if (after.empty()) return batch;
  std::vector<std::string> regions;
  std::vector<int64_t> positions;
  for (const auto& [region, position] : after) {
    regions.push_back(region);
    positions.push_back(position);
  }
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kReadFeed, pg::Params().TextArray(regions).IntArray(positions).Int(limit)));
  for (const pg::Row row : rows) {
    FeedEntry entry;
    entry.region = row.Text("region_id");
    int64_t& position = batch.positions[entry.region];
    VSV_RETURN_IF_ERROR(CheckRetained(row, position));
    batch.current_as_of = row.OptionalTime("sequenced_until_at");
    if (row.IsNull("position")) continue;
    entry.position = row.Int("position");
    entry.resource_kind = row.Text("resource_kind");
    entry.resource_id = row.Text("resource_id");
    entry.version = row.Int("version");
    entry.sequenced_at = row.Time("sequenced_at");
    position = entry.position;
    batch.entries.push_back(std::move(entry));
  }
  for (const pg::Row row : rows) {
    if (batch.positions[row.Text("region_id")] < row.Int("head_position")) batch.more = true;
  }
  if (batch.more) batch.current_as_of.reset();
  return batch;
}

absl::StatusOr<Positions> GetHeads(pg::Transaction& tx, absl::Span<const std::string> regions) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetFeedHeads, pg::Params().TextArray(regions)));
  Positions heads;
  for (const pg::Row row : rows) heads.emplace(row.Text("region_id"), row.Int("position"));
  return heads;
}

absl::StatusOr<FeedStatus> GetStatus(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const pg::Result one, tx.Execute(sql::kGetFeedStatus));
  VSV_ASSIGN_OR_RETURN(const pg::Result heads, tx.Execute(sql::kListFeedHeads));
  FeedStatus status;
  status.epoch = one[0].OptionalText("epoch").value_or("");
  status.sequenced_until = one[0].OptionalTime("sequenced_until_at");
  status.unsequenced = one[0].Int("unsequenced");
  for (const pg::Row row : heads) {
    status.regions.push_back(
        {row.Text("region_id"), row.Int("position"), row.Int("oldest_position")});
  }
  return status;
}

absl::StatusOr<int64_t> PurgeFeed(pg::Transaction& tx, absl::Time before, int64_t limit) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kPurgeFeed, pg::Params().Time(before).Int(limit)));
  return rows[0].Int("purged");
}

}  // namespace vsv::feed

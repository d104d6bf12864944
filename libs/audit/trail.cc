#include "libs/audit/trail.h"

#include "libs/audit/statements.h"
#include "libs/base/status_macros.h"

#include <utility>

namespace vsv::audit {
namespace {

absl::StatusOr<Trail> FromRow(const pg::Row& row) {
  Trail trail;
  trail.id = row.Text("trail_id");
  trail.number = row.Int("checkpoint_number");
  absl::StatusOr<Frontier> tree = Frontier::Parse(row.Int("tree_size"), row.Bytes("peaks"));
  absl::StatusOr<Snapshot> sealed = ParseSnapshot(row.Text("sealed_snapshot"));
  if (!tree.ok() || !sealed.ok()) return absl::DataLossError("the row of audit_trail is damaged");
  trail.tree = *std::move(tree);
  trail.sealed = *std::move(sealed);
  if (const auto taking = row.OptionalText("taking_snapshot"); taking.has_value()) {
    VSV_ASSIGN_OR_RETURN(trail.taking, ParseSnapshot(*taking));
  }
  trail.after = {row.Int("after_transaction"), row.Text("after_region_id"), row.Text("after_id")};
  return trail;
}

// $1..$8 of take_unsealed and get_backlog.
pg::Params Range(const Trail& trail, const Snapshot& taking) {
  pg::Params params;
  params.Int(trail.sealed.all_before)
      .Int(trail.sealed.none_from)
      .IntArray(trail.sealed.running)
      .Int(taking.none_from)
      .IntArray(taking.running)
      .Int(trail.after.transaction)
      .Text(trail.after.region)
      .Text(trail.after.id);
  return params;
}

}  // namespace

absl::StatusOr<TrailRow> ReadTrail(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kGetTrail));
  TrailRow row;
  VSV_ASSIGN_OR_RETURN(row.current, ParseSnapshot(rows[0].Text("current_snapshot")));
  if (rows[0].IsNull("trail_id")) return row;
  VSV_ASSIGN_OR_RETURN(row.trail, FromRow(rows[0]));
  return row;
}

absl::Status WriteTrail(pg::Transaction& tx, const Trail& trail) {
  std::optional<std::string> taking;
  if (trail.taking.has_value()) taking = trail.taking->Text();
  return tx
      .Execute(sql::kPutTrail, pg::Params()
                                   .Text(trail.id)
                                   .Int(trail.number)
                                   .Int(trail.tree.size())
                                   .Bytes(trail.tree.peaks())
                                   .Text(trail.sealed.Text())
                                   .Text(taking)
                                   .Int(trail.after.transaction)
                                   .Text(trail.after.region)
                                   .Text(trail.after.id))
      .status();
}

absl::StatusOr<bool> HasTrail(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kHasTrail));
  return rows[0].Bool("has_trail");
}

absl::StatusOr<std::vector<Unsealed>> TakeUnsealed(pg::Transaction& tx, const Trail& trail,
                                                   const Snapshot& taking, int64_t limit) {
  pg::Params params = Range(trail, taking);
  params.Int(limit);
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kTakeUnsealed, params));
  std::vector<Unsealed> entries;
  entries.reserve(static_cast<size_t>(rows.size()));
  for (const pg::Row row : rows) {
    entries.push_back(
        {{row.Int("transaction_id"), row.Text("region_id"), row.Text("id")}, row.Bytes("digests")});
  }
  return entries;
}

absl::StatusOr<Backlog> MeasureBacklog(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const TrailRow row, ReadTrail(tx));
  const Trail trail = row.trail.value_or(Trail());
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kGetBacklog, Range(trail, trail.taking.value_or(row.current))));
  return Backlog{rows[0].Int("entries"), rows[0].OptionalTime("oldest_at")};
}

}  // namespace vsv::audit

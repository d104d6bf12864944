#include "libs/feed/epoch.h"

#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "libs/feed/statements.h"

namespace vsv::feed {
namespace {

struct EpochRow {
  std::string epoch;  // "" when none has begun
  std::string timeline;
  std::string current_timeline;
};

absl::StatusOr<EpochRow> GetRow(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kGetEpoch));
  const pg::Row row = rows[0];
  return EpochRow{row.OptionalText("epoch").value_or(""), row.OptionalText("timeline").value_or(""),
                  row.Text("current_timeline")};
}

pg::Params NewEpoch(const EpochRow& row) {
  const base::SystemClock clock;
  pg::Params params;
  params.Text(base::NewUuidV7(clock)).Text(row.current_timeline);
  return params;
}

}  // namespace

absl::StatusOr<std::string> EnsureEpoch(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(EpochRow row, GetRow(tx));
  if (row.epoch.empty()) {
    // Two servers may start at once; whoever comes second finds the epoch of the first.
    VSV_RETURN_IF_ERROR(tx.Execute(sql::kBeginEpoch, NewEpoch(row)));
    VSV_ASSIGN_OR_RETURN(row, GetRow(tx));
  }
  if (row.timeline != row.current_timeline) {
    return errors::Precondition(
        "EPOCH_STALE",
        "the database was restored or promoted while the epoch of its change feed stayed the same: "
        "begin a new epoch "
        "before serving",
        {{"epoch_timeline", row.timeline}, {"database_timeline", row.current_timeline}});
  }
  return row.epoch;
}

absl::Status CheckEpochAtStart(pg::Pool& worker, absl::Time deadline) {
  return pg::RunInTransaction(worker, pg::Mode::kReadWrite, deadline, {},
                              [](pg::Transaction& tx) { return EnsureEpoch(tx).status(); });
}

absl::StatusOr<std::string> BumpEpoch(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const EpochRow row, GetRow(tx));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kBumpEpoch, NewEpoch(row)));
  return EnsureEpoch(tx);
}

absl::StatusOr<std::string> ReadEpoch(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const EpochRow row, GetRow(tx));
  if (row.epoch.empty()) return errors::DatabaseUnavailable();
  return row.epoch;
}

}  // namespace vsv::feed

#include "services/outcomes/storage/pg_cohort_store.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/outbox.h"
#include "libs/pg/sqlstate.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/pupil_import.h"
#include "services/outcomes/storage/apply.h"
#include "services/outcomes/storage/batch.h"
#include "services/outcomes/storage/cohort_access.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace vsv::outcomes {
namespace {

absl::StatusOr<Cohort> ReadOne(pg::Transaction& tx, const CohortName& name) {
  const std::vector<std::string> regions = {name.region_id};
  const std::vector<std::string> ids = {name.id};
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kGetCohorts, pg::Params().TextArray(regions).TextArray(ids)));
  if (rows.empty()) return errors::NotFound("COHORT");
  return CohortOf(rows[0]);
}

// What was written, told to the feed.
absl::StatusOr<Cohort> ReadWritten(pg::Transaction& tx, const CohortName& name) {
  VSV_ASSIGN_OR_RETURN(Cohort written, ReadOne(tx, name));
  VSV_RETURN_IF_ERROR(
      feed::AppendOutbox(tx, {{name.region_id, "COHORT", name.id, written.version}}));
  return written;
}

absl::StatusOr<Cohort> Create(pg::Transaction& tx, const CreateCohortCommand& command) {
  const Cohort& cohort = command.cohort;
  const absl::Status inserted = tx.Execute(sql::kCreateCohort, pg::Params()
                                                                   .Text(cohort.region_id)
                                                                   .Text(cohort.id)
                                                                   .Text(cohort.institution_id)
                                                                   .Day(cohort.count_on)
                                                                   .Time(command.mutation.call.now))
                                    .status();
  const std::string constraint = pg::ConstraintOf(inserted);
  if (constraint == "cohorts_pkey" || constraint == "cohorts_owner_key") {
    return errors::AlreadyExists("COHORT", "the cohort id is taken");
  }
  if (constraint == "cohorts_institution_count_date_key") {
    return errors::AlreadyExists("COHORT", "the institution has a cohort of that count date");
  }
  VSV_RETURN_IF_ERROR(inserted);
  return ReadWritten(tx, {cohort.region_id, cohort.id});
}

const pg::Statement& CountStatement(CountDimension dimension) {
  switch (dimension) {
    case CountDimension::kUnit:
      return sql::kCountByUnit;
    case CountDimension::kPriorEducation:
      return sql::kCountByPriorEducation;
    case CountDimension::kLevel:
      break;
  }
  return sql::kCountByLevel;
}

absl::StatusOr<std::vector<SliceCount>> CountSlices(pg::Transaction& tx, const Cohort& cohort,
                                                    CountDimension dimension) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(CountStatement(dimension),
                 pg::Params().Text(cohort.region_id).Text(cohort.id).Text(cohort.institution_id)));
  std::map<std::string, SliceCount> by_slice;
  for (const pg::Row row : rows) {
    SliceCount& slice = by_slice[row.Text("slice")];
    slice.slice = row.Text("slice");
    slice.Add(DecisionOf(row), row.Int("pupils"));
  }
  std::vector<SliceCount> slices;
  slices.reserve(by_slice.size());
  for (auto& [code, slice] : by_slice) slices.push_back(std::move(slice));
  SortSlices(dimension, slices);
  return slices;
}

absl::StatusOr<Cohort> Close(pg::Transaction& tx, const CloseCohortCommand& command,
                             const Cohort& cohort) {
  if (command.expected_version.has_value() && *command.expected_version != cohort.version) {
    return errors::EtagMismatch();
  }
  if (cohort.state == CohortState::kClosed) {
    return errors::Precondition("COHORT_CLOSED", "the cohort is closed already");
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<SliceCount> by_level,
                       CountSlices(tx, cohort, CountDimension::kLevel));
  std::vector<std::string> slices;
  std::vector<std::optional<int64_t>> populations, folded, leavers;
  for (const PublishedRow& row : Publish(by_level, command.threshold)) {
    const auto shown = [&row](int64_t number) {
      return row.cell.has_value() ? std::optional(number) : std::nullopt;
    };
    const ToldCell cell = row.cell.value_or(ToldCell());
    slices.push_back(row.slice);
    populations.push_back(shown(cell.least));
    folded.push_back(shown(cell.most - cell.least));
    leavers.push_back(shown(cell.early_leavers));
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kCreatePublication, pg::Params()
                                                              .Text(cohort.region_id)
                                                              .Text(cohort.id)
                                                              .TextArray(slices)
                                                              .IntArray(populations)
                                                              .IntArray(folded)
                                                              .IntArray(leavers)));
  VSV_RETURN_IF_ERROR(tx.Execute(
      sql::kCloseCohort,
      pg::Params().Text(cohort.region_id).Text(cohort.id).Time(command.mutation.call.now)));
  return ReadWritten(tx, command.cohort);
}

absl::StatusOr<Cohort> CloseOwn(pg::Transaction& tx, const CloseCohortCommand& command) {
  VSV_ASSIGN_OR_RETURN(const Cohort cohort, LockOwn(tx, command.mutation.call, command.cohort));
  return Apply<Cohort>(
      tx, command.mutation, {cohort.region_id, cohort.id},
      [&] { return Close(tx, command, cohort); },
      [&]() -> absl::StatusOr<Cohort> { return cohort; });
}

}  // namespace

std::vector<absl::StatusOr<Cohort>> PgCohortStore::CreateCohorts(
    absl::Span<const CreateCohortCommand> commands) {
  return RunBatch<Cohort>(
      pool_, commands, [](pg::Transaction& tx, const CreateCohortCommand& command) {
        const CohortName name{command.cohort.region_id, command.cohort.id};
        return Apply<Cohort>(
            tx, command.mutation, {name.region_id, name.id}, [&] { return Create(tx, command); },
            [&] { return ReadOne(tx, name); });
      });
}

std::vector<absl::StatusOr<Cohort>> PgCohortStore::GetCohorts(absl::Span<const CohortName> names,
                                                              absl::Time deadline) {
  std::vector<absl::StatusOr<Cohort>> verdicts;
  std::vector<std::string> regions;
  std::vector<std::string> ids;
  for (const CohortName& name : names) {
    regions.push_back(name.region_id);
    ids.push_back(name.id);
  }
  const absl::Status status = pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        verdicts.assign(names.size(), errors::NotFound("COHORT"));
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(sql::kGetCohorts, pg::Params().TextArray(regions).TextArray(ids)));
        for (const pg::Row row : rows) {
          verdicts[static_cast<size_t>(row.Int("place") - 1)] = CohortOf(row);
        }
        return absl::OkStatus();
      });
  if (!status.ok()) verdicts.assign(names.size(), absl::StatusOr<Cohort>(status));
  return verdicts;
}

absl::StatusOr<std::vector<Cohort>> PgCohortStore::ListCohorts(const ListCohortsCommand& command) {
  std::vector<Cohort> cohorts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, command.deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        cohorts.clear();
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(
                sql::kListCohorts,
                pg::Params().Text(command.region_id).Text(command.after).Int(command.limit)));
        for (const pg::Row row : rows) cohorts.push_back(CohortOf(row));
        return absl::OkStatus();
      }));
  return cohorts;
}

std::vector<absl::StatusOr<Cohort>> PgCohortStore::CloseCohorts(
    absl::Span<const CloseCohortCommand> commands) {
  return RunBatch<Cohort>(
      pool_, commands,
      [](pg::Transaction& tx, const CloseCohortCommand& command) -> absl::StatusOr<Cohort> {
        absl::StatusOr<Cohort> closed = CloseOwn(tx, command);
        VSV_RETURN_IF_ERROR(Audit(tx, command.mutation.call, command.cohort, closed.status(), {}));
        return closed;
      });
}

absl::StatusOr<std::vector<SliceCount>> PgCohortStore::Count(const CountCommand& command) {
  std::vector<SliceCount> slices;
  VSV_RETURN_IF_ERROR(
      ReadOwn(pool_, command.call, command.cohort,
              [&](pg::Transaction& tx, const Cohort& cohort) -> absl::StatusOr<Subjects> {
                VSV_ASSIGN_OR_RETURN(slices, CountSlices(tx, cohort, command.dimension));
                return Subjects();  // sums alone leave: the entry names the cohort's reading,
                                    // nobody in particular
              }));
  return slices;
}

absl::StatusOr<std::vector<PublishedRow>> PgCohortStore::GetPublication(const CohortName& name,
                                                                        absl::Time deadline) {
  std::vector<PublishedRow> table;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        table.clear();
        VSV_ASSIGN_OR_RETURN(const Cohort cohort, ReadOne(tx, name));
        if (cohort.state == CohortState::kOpen) {
          return errors::Precondition("COHORT_OPEN",
                                      "its institution has not closed the cohort yet");
        }
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(sql::kGetPublication, pg::Params().Text(name.region_id).Text(name.id)));
        for (const pg::Row row : rows) {
          PublishedRow published{row.Text("slice"), std::nullopt};
          if (!row.IsNull("population")) {
            const int64_t population = row.Int("population");
            published.cell =
                ToldCell{population, population + row.Int("folded"), row.Int("early_leavers")};
          }
          table.push_back(published);
        }
        return absl::OkStatus();
      }));
  return table;
}

}  // namespace vsv::outcomes

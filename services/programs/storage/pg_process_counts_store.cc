#include "services/programs/storage/pg_process_counts_store.h"

#include "libs/base/status_macros.h"
#include "libs/pg/transaction.h"
#include "services/programs/domain/state_names.h"
#include "services/programs/storage/statements.h"

#include <map>
#include <tuple>
#include <vector>

namespace vsv::programs {
namespace {

using Days = std::vector<std::optional<absl::CivilDay>>;

// Of one key the last value counts: one statement must not touch a row twice.
std::vector<CounterValue> LastOfEachKey(absl::Span<const CounterValue> values) {
  using Key =
      std::tuple<std::string, Process, std::string, std::string, absl::CivilDay, absl::CivilDay>;
  std::map<Key, CounterValue> last;
  for (const CounterValue& value : values) {
    last[{value.region, value.process, value.state, value.responsible.value(), value.due_on,
          value.day}] = value;
  }
  std::vector<CounterValue> distinct;
  for (const auto& [key, value] : last) distinct.push_back(value);
  return distinct;
}

pg::Params PutParams(absl::Span<const CounterValue> values) {
  std::vector<std::string> regions;
  std::vector<std::string> processes;
  std::vector<std::string> states;
  std::vector<std::string> organisations;
  Days due_on;
  Days days;
  std::vector<int64_t> numbers;
  for (const CounterValue& value : values) {
    regions.push_back(value.region);
    processes.emplace_back(NameOf(value.process));
    states.push_back(value.state);
    organisations.push_back(value.responsible.value());
    due_on.emplace_back(value.due_on);
    days.emplace_back(value.day);
    numbers.push_back(value.value);
  }
  return pg::Params()
      .TextArray(regions)
      .TextArray(processes)
      .TextArray(states)
      .TextArray(organisations)
      .DayArray(due_on)
      .DayArray(days)
      .IntArray(numbers);
}

}  // namespace

absl::StatusOr<std::string> PgProcessCountsStore::Cursor(absl::Time deadline) {
  std::string cursor;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&cursor](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kGetProcessCountsProgress));
        cursor = rows.empty() ? "" : rows[0].Text("cursor");
        return absl::OkStatus();
      }));
  return cursor;
}

absl::Status PgProcessCountsStore::Apply(absl::Span<const CounterValue> values,
                                         const std::string& cursor,
                                         std::optional<absl::Time> current_as_of,
                                         absl::Time deadline) {
  const std::vector<CounterValue> distinct = LastOfEachKey(values);
  return pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        if (!distinct.empty()) {
          VSV_RETURN_IF_ERROR(tx.Execute(sql::kPutProcessCounts, PutParams(distinct)));
        }
        return tx
            .Execute(sql::kPutProcessCountsProgress, pg::Params().Text(cursor).Time(current_as_of))
            .status();
      });
}

absl::Status PgProcessCountsStore::Clear(absl::Time deadline) {
  return pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, deadline, {}, [](pg::Transaction& tx) -> absl::Status {
        VSV_RETURN_IF_ERROR(tx.Execute(sql::kClearProcessCounts));
        return tx.Execute(sql::kPutProcessCountsProgress, pg::Params().Text("").Time(std::nullopt))
            .status();
      });
}

}  // namespace vsv::programs

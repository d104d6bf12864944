#include "services/programs/storage/process_counts_rows.h"

#include "services/programs/domain/state_names.h"
#include "services/programs/storage/statements.h"

#include <map>
#include <optional>
#include <string>
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

absl::Status PutCounters(pg::Transaction& tx, absl::Span<const CounterValue> values) {
  const std::vector<CounterValue> distinct = LastOfEachKey(values);
  if (distinct.empty()) return absl::OkStatus();
  return tx.Execute(sql::kPutProcessCounts, PutParams(distinct)).status();
}

absl::Status ClearCounters(pg::Transaction& tx) {
  return tx.Execute(sql::kClearProcessCounts).status();
}

}  // namespace vsv::programs

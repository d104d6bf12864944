// Batches: N commands in, N verdicts out, in one transaction.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {

// Runs `one(tx, command)` -> StatusOr<T> for each command in one read-write transaction, whose row
// context is the set of the callers and whose deadline is the earliest of theirs. What fails as a
// whole is every command's verdict.
template <typename T, typename Command, typename One>
std::vector<absl::StatusOr<T>> RunBatch(pg::Pool& pool, absl::Span<const Command> commands,
                                        One one) {
  std::vector<absl::StatusOr<T>> verdicts;
  if (commands.empty()) return verdicts;
  pg::RowContext context;
  absl::Time deadline = absl::InfiniteFuture();
  for (const Command& command : commands) {
    context.callers.push_back(command.mutation.call.organisation_id);
    deadline = std::min(deadline, command.mutation.call.deadline);
  }
  const absl::Status status =
      pg::RunInTransaction(pool, pg::Mode::kReadWrite, deadline, context, [&](pg::Transaction& tx) {
        verdicts.clear();
        for (const Command& command : commands) verdicts.push_back(one(tx, command));
        return absl::OkStatus();
      });
  if (!status.ok()) verdicts.assign(commands.size(), absl::StatusOr<T>(status));
  return verdicts;
}

template <typename T>
std::vector<std::string> IdsOf(const std::vector<T>& resources) {
  std::vector<std::string> ids;
  ids.reserve(resources.size());
  for (const T& resource : resources) ids.push_back(resource.id);
  return ids;
}

// Puts what was found in the order of the ids; `status` for all when the read failed, `absent`
// where nothing was found.
template <typename T>
std::vector<absl::StatusOr<T>> VerdictsById(absl::Span<const std::string> ids, std::vector<T> found,
                                            const absl::Status& status,
                                            const absl::Status& absent) {
  if (!status.ok()) return std::vector<absl::StatusOr<T>>(ids.size(), absl::StatusOr<T>(status));
  std::map<std::string, T> by_id;
  for (T& resource : found) {
    const std::string id = resource.id;
    by_id.emplace(id, std::move(resource));
  }
  std::vector<absl::StatusOr<T>> verdicts;
  verdicts.reserve(ids.size());
  for (const std::string& id : ids) {
    const auto entry = by_id.find(id);
    if (entry == by_id.end()) {
      verdicts.emplace_back(absent);
    } else {
      verdicts.emplace_back(entry->second);
    }
  }
  return verdicts;
}

}  // namespace vsv::outcomes

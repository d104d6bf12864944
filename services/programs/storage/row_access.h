// Statements shared by the stores of this room, within a transaction.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/transaction.h"
#include "services/programs/domain/store.h"
#include "services/programs/storage/mapping.h"

#include "absl/status/statusor.h"

#include <utility>
#include <vector>

namespace vsv::programs {

template <typename T>
Stored<T> StoredFromRow(const pg::Row& row) {
  return Stored<T>{.resource = Mapping<T>::FromRow(row),
                   .version = row.Int("version"),
                   .created_at = row.Time("created_at"),
                   .updated_at = row.Time("updated_at")};
}

// One verdict per name, in order; <KIND>_NOT_FOUND for what is absent.
template <typename T>
absl::StatusOr<std::vector<absl::StatusOr<Stored<T>>>> GetRows(
    pg::Transaction& tx, absl::Span<const typename T::Name> names) {
  std::vector<absl::StatusOr<Stored<T>>> verdicts(names.size(),
                                                  errors::NotFound(Mapping<T>::kResource));
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(Mapping<T>::kGet, Mapping<T>::Keys(names)));
  for (const pg::Row row : rows) {
    verdicts[static_cast<size_t>(row.Int("place") - 1)] = StoredFromRow<T>(row);
  }
  return verdicts;
}

template <typename T>
absl::StatusOr<Stored<T>> GetRow(pg::Transaction& tx, const typename T::Name& name) {
  VSV_ASSIGN_OR_RETURN(auto verdicts, GetRows<T>(tx, {name}));
  return std::move(verdicts.front());
}

template <typename T>
absl::StatusOr<Page<T>> ListRows(pg::Transaction& tx, const ListQuery<T>& query) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(Mapping<T>::kList, Mapping<T>::ListParams(query)));
  Page<T> page;
  for (const pg::Row row : rows) {
    if (static_cast<int>(page.items.size()) == query.limit) {
      page.more = true;
      break;
    }
    page.items.push_back(StoredFromRow<T>(row));
  }
  return page;
}

}  // namespace vsv::programs

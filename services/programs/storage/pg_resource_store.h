// PostgreSQL store of one kind of resource; instantiated for the five of this service.
#pragma once

#include "libs/pg/pool.h"
#include "services/programs/domain/store.h"

#include <vector>

namespace vsv::programs {

// A mutation is one transaction: request record, version check, effect, lists. Reads are one
// statement whatever their number. Writes go row by row under savepoints: a programme changes a few
// times a day, and a refused command must leave its neighbours as they are.
template <typename T>
class PgResourceStore : public ResourceStore<T> {
 public:
  // `pool` as the app role; it must outlive the store.
  explicit PgResourceStore(pg::Pool& pool) : pool_(pool) {}

  std::vector<absl::StatusOr<Stored<T>>> Create(absl::Span<const CreateCommand<T>> commands,
                                                absl::Time deadline) override;
  std::vector<absl::StatusOr<Stored<T>>> Get(absl::Span<const typename T::Name> names,
                                             absl::Time deadline) override;
  absl::StatusOr<Page<T>> List(const ListQuery<T>& query, absl::Time deadline) override;
  std::vector<absl::StatusOr<Stored<T>>> Update(absl::Span<const UpdateCommand<T>> commands,
                                                absl::Time deadline) override;

 private:
  pg::Pool& pool_;
};

}  // namespace vsv::programs

// The store of dossiers on PostgreSQL. Specification: domain/dossier_store.h.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/pool.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/pupil_keys.h"
#include "services/dossiers/storage/usual_size.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::dossiers {

struct PgStoreOptions {
  // How old the projection of the register may be; older, every statement that judges answers
  // PROJECTION_STALE.
  absl::Duration max_register_age = absl::Seconds(5);
  // Whether a change, or a read that needs a receipt, waits for a dossier that somebody else is
  // changing. False: it is answered TRANSACTION_CONFLICT, as is a change of one that is not there
  // for the asker, and its neighbours are done.
  bool waits_for_rows = true;
};

// Thread-safe. `pool` is that of the service's app role and outlives the store, as does `clock`
// (for ids of new pupils).
class PgDossierStore : public DossierStore {
 public:
  PgDossierStore(pg::Pool& pool, const PupilKeys& keys, const base::Clock& clock,
                 PgStoreOptions options);

  std::vector<absl::StatusOr<DossierRow>> Create(absl::Span<const CreateCommand> commands) override;
  std::vector<absl::StatusOr<DossierRow>> Get(absl::Span<const GetCommand> commands) override;
  absl::StatusOr<Page<DossierRow>> List(const ListCommand& command) override;
  std::vector<absl::StatusOr<DossierRow>> Mutate(absl::Span<const MutateCommand> commands) override;

 private:
  pg::Pool& pool_;
  PupilKeys keys_;
  const base::Clock& clock_;
  PgStoreOptions options_;
  UsualSize usual_;
};

}  // namespace vsv::dossiers

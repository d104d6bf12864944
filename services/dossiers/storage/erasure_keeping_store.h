// Acknowledges an erasure only when the register has it too. Specification: domain/dossier_store.h.
#pragma once

#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/erasure_register.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::dossiers {

// Thread-safe; the references must outlive it. The database comes first, because it alone can
// refuse; then the register. In between the erasure is done and not acknowledged: OUTCOME_UNKNOWN,
// and a repeat of the request, or the next carrying over (erase_again.h), brings it into the
// register.
class ErasureKeepingStore final : public DossierStore {
 public:
  ErasureKeepingStore(DossierStore& store, ErasureRegister& erasures, const PupilKeys& keys)
      : store_(store), register_(erasures), keys_(keys) {}

  std::vector<absl::StatusOr<DossierRow>> Create(absl::Span<const CreateCommand> commands) override;
  std::vector<absl::StatusOr<DossierRow>> Get(absl::Span<const GetCommand> commands) override;
  absl::StatusOr<Page<DossierRow>> List(const ListCommand& command) override;
  std::vector<absl::StatusOr<DossierRow>> Mutate(absl::Span<const MutateCommand> commands) override;

 private:
  DossierStore& store_;
  ErasureRegister& register_;
  const PupilKeys keys_;
};

}  // namespace vsv::dossiers

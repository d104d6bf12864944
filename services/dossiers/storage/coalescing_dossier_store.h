// Callers that come at the same time share a transaction. Specification: domain/dossier_store.h.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/coalescer.h"
#include "services/dossiers/domain/dossier_store.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::dossiers {

// How each operation is coalesced.
struct DossierCoalescing {
  pg::CoalescerOptions create;
  pg::CoalescerOptions get;
  pg::CoalescerOptions mutate;
  pg::CoalescerOptions take_back;  // changes that are urgent
};

// Thread-safe. Single commands are gathered and executed by `together`, those that take something
// back apart from the others, so that no crowd stands before them; lists, validations of new
// dossiers, and what is a batch already, by `alone`. The references must outlive it; the two may be
// one store.
class CoalescingDossierStore final : public DossierStore {
 public:
  CoalescingDossierStore(DossierStore& together, DossierStore& alone, const base::Clock& clock,
                         DossierCoalescing coalescing);

  std::vector<absl::StatusOr<DossierRow>> Create(absl::Span<const CreateCommand> commands) override;
  std::vector<absl::StatusOr<DossierRow>> Get(absl::Span<const GetCommand> commands) override;
  absl::StatusOr<Page<DossierRow>> List(const ListCommand& command) override;
  std::vector<absl::StatusOr<DossierRow>> Mutate(absl::Span<const MutateCommand> commands) override;

  // Commands that wait for a batch.
  int waiting() const;

 private:
  DossierStore& alone_;
  pg::Coalescer<CreateCommand, DossierRow> create_;
  pg::Coalescer<GetCommand, DossierRow> get_;
  pg::Coalescer<MutateCommand, DossierRow> mutate_;
  pg::Coalescer<MutateCommand, DossierRow> take_back_;
};

}  // namespace vsv::dossiers

#include "services/dossiers/storage/erasure_keeping_store.h"

#include "libs/errors/errors.h"
#include "libs/obs/log.h"

#include <optional>
#include <string>

namespace vsv::dossiers {

std::vector<absl::StatusOr<DossierRow>> ErasureKeepingStore::Create(
    absl::Span<const CreateCommand> commands) {
  return store_.Create(commands);
}

std::vector<absl::StatusOr<DossierRow>> ErasureKeepingStore::Get(
    absl::Span<const GetCommand> commands) {
  return store_.Get(commands);
}

absl::StatusOr<Page<DossierRow>> ErasureKeepingStore::List(const ListCommand& command) {
  return store_.List(command);
}

std::vector<absl::StatusOr<DossierRow>> ErasureKeepingStore::Mutate(
    absl::Span<const MutateCommand> commands) {
  std::vector<absl::StatusOr<DossierRow>> verdicts = store_.Mutate(commands);
  std::vector<Erasure> done;
  std::vector<size_t> places;
  for (size_t i = 0; i < commands.size(); ++i) {
    const MutateCommand& command = commands[i];
    if (!command.erases.has_value() || command.validate_only || !verdicts[i].ok()) continue;
    const std::optional<absl::Time> erased_at = ErasedAt(verdicts[i]->made);
    if (!erased_at.has_value()) {
      verdicts[i] = errors::Internal("an erasure without its moment");
      continue;
    }
    const MutationTarget& target = command.target;
    done.push_back({target.region, keys_.HashErased(target.region, target.dossier), *erased_at,
                    *command.erases});
    places.push_back(i);
  }
  if (done.empty()) return verdicts;
  const absl::Status kept = register_.Keep(done);
  if (kept.ok()) return verdicts;
  obs::Log(obs::Severity::kError, "erasure not in the register yet",
           {{"cause", std::string(kept.message())}});
  for (const size_t i : places) verdicts[i] = errors::OutcomeUnknown();
  return verdicts;
}

}  // namespace vsv::dossiers

#include "services/dossiers/storage/coalescing_dossier_store.h"

#include "libs/errors/errors.h"
#include "services/dossiers/storage/batches.h"

#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr char kConflict[] = "TRANSACTION_CONFLICT";

// Executes a batch by one of the store's operations, in the batch's own time.
template <typename Command>
auto By(DossierStore& store, std::vector<absl::StatusOr<DossierRow>> (DossierStore::*operation)(
                                 absl::Span<const Command>)) {
  return [&store, operation](std::vector<Command> batch, absl::Time deadline) {
    for (Command& command : batch) command.asker.deadline = deadline;
    return (store.*operation)(batch);
  };
}

pg::Ticket TicketOf(const Asker& asker, std::vector<std::string> keys) {
  return {.deadline = asker.deadline, .cancelled = asker.cancelled, .keys = std::move(keys)};
}

}  // namespace

CoalescingDossierStore::CoalescingDossierStore(DossierStore& together, DossierStore& alone,
                                               const base::Clock& clock,
                                               DossierCoalescing coalescing)
    : alone_(alone),
      create_(clock, std::move(coalescing.create), By(together, &DossierStore::Create)),
      get_(clock, std::move(coalescing.get), By(together, &DossierStore::Get)),
      mutate_(clock, std::move(coalescing.mutate), By(together, &DossierStore::Mutate)),
      take_back_(clock, std::move(coalescing.take_back), By(together, &DossierStore::Mutate)) {}

std::vector<absl::StatusOr<DossierRow>> CoalescingDossierStore::Create(
    absl::Span<const CreateCommand> commands) {
  if (commands.size() != 1 || commands[0].validate_only) return alone_.Create(commands);
  return {create_.Do(commands[0], TicketOf(commands[0].asker, KeysOf(commands[0])))};
}

std::vector<absl::StatusOr<DossierRow>> CoalescingDossierStore::Get(
    absl::Span<const GetCommand> commands) {
  if (commands.size() != 1) return alone_.Get(commands);
  absl::StatusOr<DossierRow> verdict = get_.Do(commands[0], TicketOf(commands[0].asker, {}));
  // Somebody is changing the dossier: whoever waits, waits alone.
  if (errors::ReasonOf(verdict.status()) == kConflict) return alone_.Get(commands);
  return {std::move(verdict)};
}

absl::StatusOr<Page<DossierRow>> CoalescingDossierStore::List(const ListCommand& command) {
  return alone_.List(command);
}

std::vector<absl::StatusOr<DossierRow>> CoalescingDossierStore::Mutate(
    absl::Span<const MutateCommand> commands) {
  if (commands.size() != 1) return alone_.Mutate(commands);
  pg::Coalescer<MutateCommand, DossierRow>& lane = commands[0].asker.urgent ? take_back_ : mutate_;
  absl::StatusOr<DossierRow> verdict =
      lane.Do(commands[0], TicketOf(commands[0].asker, KeysOf(commands[0])));
  // Somebody else is changing the dossier, or it is not there: whoever waits, waits alone.
  if (errors::ReasonOf(verdict.status()) == kConflict) {
    return alone_.Mutate(commands);
  }
  return {std::move(verdict)};
}

int CoalescingDossierStore::waiting() const {
  return create_.waiting() + get_.waiting() + mutate_.waiting() + take_back_.waiting();
}

}  // namespace vsv::dossiers

#include "services/dossiers/storage/pg_dossier_store.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/batches.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_changes.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/dossier_creation.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace vsv::dossiers {
namespace {

using Verdicts = std::vector<absl::StatusOr<DossierRow>>;

// Judges and reads, notes what leaves and who asked. TRANSACTION_CONFLICT as the verdict on what
// somebody is changing just now and is not waited for.
absl::Status GetIn(pg::Transaction& tx, const std::vector<Question>& questions,
                   const PupilKeys& keys, const PgStoreOptions& options, FirstReceipts& receipts,
                   Verdicts& verdicts) {
  pg::Params params = AskParams(questions);
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx.Execute(sql::kGetDossiers, params.Int(Seconds(options.max_register_age))));
  VSV_RETURN_IF_ERROR(CheckFresh(result));
  std::vector<Delivery> deliveries;
  std::vector<size_t> owners;  // question of each delivery
  std::vector<std::optional<Access>> all_accesses(questions.size());
  for (const pg::Row row : result) {
    const size_t i = static_cast<size_t>(row.Int("ordinal")) - 1;
    const Question& question = questions[i];
    Access access{
        question.asker, question.region, kDossierKind, {question.id}, {}, Outcome::kNotFound, true};
    if (!row.IsNull("id")) {
      VSV_ASSIGN_OR_RETURN(DossierRow dossier, ReadDossier(row, keys));
      access.categories = dossier.granted;
      access.outcome = Outcome::kGranted;
      if (LeavesTheHouse(*question.asker, dossier)) {
        deliveries.push_back({question.asker, question.region, question.id, dossier.dossier.version,
                              ReadGrants(row)});
        owners.push_back(i);
      }
      verdicts[i] = std::move(dossier);
    }
    all_accesses[i] = std::move(access);
  }
  if (options.waits_for_rows) {
    VSV_RETURN_IF_ERROR(receipts.Record(tx, deliveries));
  } else {
    VSV_ASSIGN_OR_RETURN(const std::set<size_t> busy, NoteHoldings(tx, deliveries));
    for (const size_t delivery : busy) {
      verdicts[owners[delivery]] = errors::TransactionConflict();
      all_accesses[owners[delivery]].reset();
    }
  }
  std::vector<Access> accesses;
  for (std::optional<Access>& access : all_accesses) {
    if (access.has_value()) accesses.push_back(*std::move(access));
  }
  return Log(tx, accesses);
}

absl::StatusOr<Verdicts> GetTogether(pg::Pool& pool, const PupilKeys& keys,
                                     const PgStoreOptions& options,
                                     const std::vector<const GetCommand*>& commands) {
  std::vector<Question> questions;
  for (const GetCommand* command : commands) {
    questions.push_back({&command->asker, command->region, command->id});
  }
  Verdicts verdicts;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(
      pg::RunInTransaction(pool, pg::Mode::kReadWrite, DeadlineOf(questions), ContextOf(questions),
                           [&](pg::Transaction& tx) -> absl::Status {
                             verdicts.assign(questions.size(), errors::NotFound("DOSSIER"));
                             return GetIn(tx, questions, keys, options, receipts, verdicts);
                           }));
  return verdicts;
}

// Has `execute` do the commands in rounds of independent ones, and puts the verdicts in order.
template <typename Command, typename Execute>
Verdicts InRounds(absl::Span<const Command> commands, Execute execute) {
  Verdicts verdicts(commands.size(), absl::UnknownError(""));
  const auto keys_of = [&](size_t i) { return KeysOf(commands[i]); };
  for (const std::vector<size_t>& round : Rounds(commands.size(), keys_of)) {
    std::vector<const Command*> together;
    for (const size_t i : round) together.push_back(&commands[i]);
    Verdicts answers = execute(together);
    for (size_t k = 0; k < round.size(); ++k) verdicts[round[k]] = std::move(answers[k]);
  }
  return verdicts;
}

}  // namespace

PgDossierStore::PgDossierStore(pg::Pool& pool, const PupilKeys& keys, const base::Clock& clock,
                               PgStoreOptions options)
    : pool_(pool), keys_(keys), clock_(clock), options_(options) {}

std::vector<absl::StatusOr<DossierRow>> PgDossierStore::Get(absl::Span<const GetCommand> commands) {
  std::vector<const GetCommand*> all;
  for (const GetCommand& command : commands) all.push_back(&command);
  if (all.empty()) return {};
  return InHalves(all, [&](const std::vector<const GetCommand*>& together) {
    return GetTogether(pool_, keys_, options_, together);
  });
}

absl::StatusOr<Page<DossierRow>> PgDossierStore::List(const ListCommand& command) {
  const std::vector<Question> question = {{&command.asker, command.region, DossierId()}};
  Page<DossierRow> page;
  FirstReceipts receipts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, command.asker.deadline, ContextOf(question),
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(
            page, ListIn(tx, command, keys_, options_.max_register_age, receipts, usual_));
        return absl::OkStatus();
      }));
  return page;
}

std::vector<absl::StatusOr<DossierRow>> PgDossierStore::Mutate(
    absl::Span<const MutateCommand> commands) {
  return InRounds(commands, [&](const std::vector<const MutateCommand*>& together) {
    return MutateTogether(pool_, keys_, options_, together);
  });
}

std::vector<absl::StatusOr<DossierRow>> PgDossierStore::Create(
    absl::Span<const CreateCommand> commands) {
  return InRounds(commands, [&](const std::vector<const CreateCommand*>& together) {
    return CreateTogether(pool_, keys_, clock_, options_.max_register_age, together);
  });
}

}  // namespace vsv::dossiers

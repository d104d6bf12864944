// PgAmbitionStore; declared in pg_indicator_store.h.
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/outbox.h"
#include "libs/pg/sqlstate.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/names.h"
#include "services/outcomes/storage/apply.h"
#include "services/outcomes/storage/batch.h"
#include "services/outcomes/storage/pg_indicator_store.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

#include <map>
#include <utility>

namespace vsv::outcomes {
namespace {

std::optional<int64_t> Unscaled(const std::optional<Decimal>& value) {
  return value.has_value() ? std::optional<int64_t>(value->unscaled) : std::nullopt;
}

std::optional<int64_t> Scale(const std::optional<Decimal>& value) {
  return value.has_value() ? std::optional<int64_t>(value->scale) : std::nullopt;
}

absl::Status AddParts(pg::Transaction& tx, std::vector<Ambition>& ambitions) {
  std::map<std::string, Ambition*> by_id;
  for (Ambition& ambition : ambitions) by_id[ambition.id] = &ambition;
  const pg::Params ids = pg::Params().TextArray(IdsOf(ambitions));
  VSV_ASSIGN_OR_RETURN(const pg::Result targets, tx.Execute(sql::kGetAmbitionTargets, ids));
  for (const pg::Row row : targets) {
    by_id[row.Text("ambition_id")]->targets.push_back(TargetOf(row));
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result conflicts, tx.Execute(sql::kGetAmbitionConflicts, ids));
  for (const pg::Row row : conflicts) {
    by_id[row.Text("ambition_id")]->conflicts.push_back(
        {row.Text("source"), row.Text("statement")});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Ambition>> Read(pg::Transaction& tx, absl::Span<const std::string> ids) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetAmbitions, pg::Params().TextArray(ids)));
  std::vector<Ambition> ambitions;
  for (const pg::Row row : rows) ambitions.push_back(AmbitionOf(row));
  VSV_RETURN_IF_ERROR(AddParts(tx, ambitions));
  return ambitions;
}

absl::StatusOr<Ambition> ReadOne(pg::Transaction& tx, const std::string& id) {
  VSV_ASSIGN_OR_RETURN(std::vector<Ambition> found, Read(tx, {id}));
  if (found.empty()) return errors::NotFound("AMBITION");
  return std::move(found.front());
}

absl::Status WriteParts(pg::Transaction& tx, const Ambition& ambition) {
  std::vector<std::string> periods;
  std::vector<std::string> commitments;
  std::vector<std::optional<int64_t>> unscaled;
  std::vector<std::optional<int64_t>> scales;
  for (const AmbitionTarget& target : ambition.targets) {
    periods.push_back(target.period.ToString());
    commitments.emplace_back(NameOf(target.commitment));
    unscaled.push_back(Unscaled(target.value));
    scales.push_back(Scale(target.value));
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kCreateAmbitionTargets, pg::Params()
                                                                  .Text(ambition.id)
                                                                  .TextArray(periods)
                                                                  .TextArray(commitments)
                                                                  .IntArray(unscaled)
                                                                  .IntArray(scales)));
  std::vector<std::string> sources;
  std::vector<std::string> statements;
  for (const ConflictingStatement& conflict : ambition.conflicts) {
    sources.push_back(conflict.source);
    statements.push_back(conflict.statement);
  }
  return tx
      .Execute(sql::kCreateAmbitionConflicts,
               pg::Params().Text(ambition.id).TextArray(sources).TextArray(statements))
      .status();
}

// What was written, told to the feed.
absl::StatusOr<Ambition> ReadWritten(pg::Transaction& tx, const std::string& id) {
  VSV_ASSIGN_OR_RETURN(Ambition written, ReadOne(tx, id));
  VSV_RETURN_IF_ERROR(
      feed::AppendOutbox(tx, {{std::string(kNoRegion), "AMBITION", id, written.version}}));
  return written;
}

absl::StatusOr<Ambition> Create(pg::Transaction& tx, const CreateAmbitionCommand& command) {
  const Ambition& ambition = command.ambition;
  const absl::Status inserted =
      tx.Execute(sql::kCreateAmbition, pg::Params()
                                           .Text(ambition.id)
                                           .Text(ambition.display_name)
                                           .Text(ambition.indicator_id)
                                           .Int(ambition.definition_version)
                                           .Text(ambition.organisation_id)
                                           .Text(LevelName(ambition.level))
                                           .Text(ambition.baseline_period.ToString())
                                           .Int(Unscaled(ambition.baseline_value))
                                           .Int(Scale(ambition.baseline_value))
                                           .Text(NameOf(ambition.direction))
                                           .Bool(ambition.institution_only)
                                           .Text(ambition.source)
                                           .Time(command.mutation.call.now))
          .status();
  const std::string constraint = pg::ConstraintOf(inserted);
  if (constraint == "ambitions_pkey") {
    return errors::AlreadyExists("AMBITION", "the ambition id is taken");
  }
  if (constraint == "ambitions_definition_fkey") return errors::NotFound("INDICATOR");
  VSV_RETURN_IF_ERROR(inserted);
  VSV_RETURN_IF_ERROR(WriteParts(tx, ambition));
  return ReadWritten(tx, ambition.id);
}

absl::StatusOr<Ambition> Update(pg::Transaction& tx, const UpdateAmbitionCommand& command,
                                const Ambition& current) {
  if (command.expected_version.has_value() && *command.expected_version != current.version) {
    return errors::EtagMismatch();
  }
  VSV_ASSIGN_OR_RETURN(const Ambition changed, command.change(current));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kUpdateAmbition, pg::Params()
                                                           .Text(command.id)
                                                           .Text(changed.display_name)
                                                           .Text(changed.baseline_period.ToString())
                                                           .Int(Unscaled(changed.baseline_value))
                                                           .Int(Scale(changed.baseline_value))
                                                           .Text(NameOf(changed.direction))
                                                           .Bool(changed.institution_only)
                                                           .Text(changed.source)
                                                           .Time(command.mutation.call.now)));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteAmbitionTargets, pg::Params().Text(command.id)));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteAmbitionConflicts, pg::Params().Text(command.id)));
  VSV_RETURN_IF_ERROR(WriteParts(tx, changed));
  return ReadWritten(tx, command.id);
}

// Locks first, so that the version compared is the version changed.
absl::StatusOr<Ambition> LockAndUpdate(pg::Transaction& tx, const UpdateAmbitionCommand& command) {
  VSV_ASSIGN_OR_RETURN(const pg::Result locked,
                       tx.Execute(sql::kLockAmbition, pg::Params().Text(command.id)));
  if (locked.empty()) return errors::NotFound("AMBITION");
  VSV_ASSIGN_OR_RETURN(const Ambition current, ReadOne(tx, command.id));
  return Apply<Ambition>(
      tx, command.mutation, {kNoRegion, command.id}, [&] { return Update(tx, command, current); },
      [&]() -> absl::StatusOr<Ambition> { return current; });
}

}  // namespace

std::vector<absl::StatusOr<Ambition>> PgAmbitionStore::CreateAmbitions(
    absl::Span<const CreateAmbitionCommand> commands) {
  return RunBatch<Ambition>(
      pool_, commands, [](pg::Transaction& tx, const CreateAmbitionCommand& command) {
        const std::string& id = command.ambition.id;
        return Apply<Ambition>(
            tx, command.mutation, {kNoRegion, id}, [&] { return Create(tx, command); },
            [&] { return ReadOne(tx, id); });
      });
}

std::vector<absl::StatusOr<Ambition>> PgAmbitionStore::GetAmbitions(
    absl::Span<const std::string> ids, absl::Time deadline) {
  std::vector<Ambition> found;
  const absl::Status status = pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                                   [&](pg::Transaction& tx) -> absl::Status {
                                                     VSV_ASSIGN_OR_RETURN(found, Read(tx, ids));
                                                     return absl::OkStatus();
                                                   });
  return VerdictsById(ids, std::move(found), status, errors::NotFound("AMBITION"));
}

absl::StatusOr<std::vector<Ambition>> PgAmbitionStore::ListAmbitions(
    const ListAmbitionsCommand& command) {
  std::vector<Ambition> ambitions;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, command.page.deadline, {},
      [&](pg::Transaction& tx) -> absl::Status {
        ambitions.clear();
        VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                             tx.Execute(sql::kListAmbitions, pg::Params()
                                                                 .Text(command.page.after)
                                                                 .Text(command.organisation_id)
                                                                 .Int(command.page.limit)));
        for (const pg::Row row : rows) ambitions.push_back(AmbitionOf(row));
        return AddParts(tx, ambitions);
      }));
  return ambitions;
}

std::vector<absl::StatusOr<Ambition>> PgAmbitionStore::UpdateAmbitions(
    absl::Span<const UpdateAmbitionCommand> commands) {
  return RunBatch<Ambition>(pool_, commands, LockAndUpdate);
}

}  // namespace vsv::outcomes

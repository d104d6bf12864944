// The operations of ResourceStore on PostgreSQL, alike for all resources; how each lies in its
// tables is in rows.h.
#pragma once

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "services/partners/domain/register_store.h"
#include "services/partners/storage/pg_facts.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/write.h"

#include <map>
#include <utility>

namespace vsv::partners {

// Thread-safe. The base is EntryStore or ResourceStore.
template <typename T, typename Query, typename Base = ResourceStore<T, Query>>
class PgEntryStore : public Base {
 public:
  explicit PgEntryStore(pg::Pool& pool) : pool_(pool) {}

  std::vector<absl::StatusOr<T>> Create(absl::Span<const CreateCommand<T>> commands,
                                        absl::Time deadline) override {
    return Write(commands, deadline,
                 [](pg::Transaction& tx, const CreateCommand<T>& command) -> absl::StatusOr<T> {
                   PgFacts facts(tx);
                   VSV_RETURN_IF_ERROR(CheckEntry(facts, command.resource));
                   VSV_RETURN_IF_ERROR(Rows<T>::Insert(tx, command.resource));
                   return command.resource;
                 });
  }

  std::vector<absl::StatusOr<T>> Get(absl::Span<const Key> keys, absl::Time deadline) override {
    std::vector<absl::StatusOr<T>> verdicts;
    const absl::Status status = pg::RunInTransaction(
        pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
          verdicts.assign(keys.size(), errors::NotFound(Rows<T>::kResource));
          VSV_ASSIGN_OR_RETURN(std::vector<T> rows, Rows<T>::Read(tx, keys));
          std::map<Key, T> found;
          for (T& row : rows) found.emplace(KeyOf(row), std::move(row));
          for (size_t i = 0; i < keys.size(); ++i) {
            if (const auto it = found.find(keys[i]); it != found.end()) verdicts[i] = it->second;
          }
          return absl::OkStatus();
        });
    if (!status.ok()) verdicts.assign(keys.size(), status);
    return verdicts;
  }

  absl::StatusOr<std::vector<T>> List(const Query& query, absl::Time deadline) override {
    std::vector<T> page;
    VSV_RETURN_IF_ERROR(pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                             [&](pg::Transaction& tx) -> absl::Status {
                                               VSV_ASSIGN_OR_RETURN(page, Rows<T>::List(tx, query));
                                               return absl::OkStatus();
                                             }));
    return page;
  }

 protected:
  // Runs `effect(tx, command)` for each command under a savepoint of its own, with the request id
  // before it and the feed behind it. The resource is read back, so that a reply is what a later
  // Get will say.
  template <typename Command, typename Effect>
  std::vector<absl::StatusOr<T>> Write(absl::Span<const Command> commands, absl::Time deadline,
                                       Effect effect) {
    std::vector<absl::StatusOr<T>> verdicts;
    const absl::Status status = pg::RunInTransaction(
        pool_, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
          verdicts.assign(commands.size(), errors::Internal("not judged"));
          for (size_t i = 0; i < commands.size(); ++i) {
            absl::StatusOr<T>& verdict = verdicts[i];
            const absl::Status kept = tx.Savepoint([&]() -> absl::Status {
              verdict = WriteOne(tx, commands[i], effect);
              if (!verdict.ok()) return verdict.status();
              return commands[i].validate_only ? absl::CancelledError("nothing is kept")
                                               : absl::OkStatus();
            });
            if (verdict.ok() && !kept.ok() && !commands[i].validate_only) verdict = kept;
            if (!verdict.ok()) verdict = RefusalOf(verdict.status());
          }
          return tx.ended();
        });
    if (!status.ok()) verdicts.assign(commands.size(), status);
    return verdicts;
  }

  absl::StatusOr<T> ReadOne(pg::Transaction& tx, const Key& key) {
    VSV_ASSIGN_OR_RETURN(std::vector<T> rows, Rows<T>::Read(tx, {key}));
    if (rows.empty()) return errors::NotFound(Rows<T>::kResource);
    return std::move(rows[0]);
  }

 private:
  template <typename Command, typename Effect>
  absl::StatusOr<T> WriteOne(pg::Transaction& tx, const Command& command, Effect& effect) {
    if (!command.validate_only) {
      VSV_ASSIGN_OR_RETURN(const std::optional<Key> done, ClaimRequest(tx, command.request));
      if (done) return ReadOne(tx, *done);
    }
    VSV_ASSIGN_OR_RETURN(const T written, effect(tx, command));
    const Key key = KeyOf(written);
    VSV_RETURN_IF_ERROR(PublishChange(tx, Rows<T>::kResource, key, written.version));
    if (!command.validate_only) VSV_RETURN_IF_ERROR(RecordEffect(tx, command.request, key));
    return ReadOne(tx, key);
  }

  pg::Pool& pool_;
};

template <typename T, typename Query>
class PgResourceStore : public PgEntryStore<T, Query> {
 public:
  using PgEntryStore<T, Query>::PgEntryStore;

  std::vector<absl::StatusOr<T>> Change(absl::Span<const ChangeCommand<T>> commands,
                                        absl::Time deadline) override {
    return this->Write(
        commands, deadline,
        [this](pg::Transaction& tx, const ChangeCommand<T>& command) -> absl::StatusOr<T> {
          VSV_ASSIGN_OR_RETURN(const std::optional<int64_t> version,
                               Rows<T>::Lock(tx, command.key));
          if (!version) return errors::NotFound(Rows<T>::kResource);
          if (command.expected_version && *command.expected_version != *version)
            return errors::EtagMismatch();
          VSV_ASSIGN_OR_RETURN(const T current, this->ReadOne(tx, command.key));
          VSV_ASSIGN_OR_RETURN(T next, command.decide(current));
          next.version = current.version + 1;
          SetUpdateTime(next, command.now);
          PgFacts facts(tx);
          VSV_RETURN_IF_ERROR(CheckChange(facts, next));
          VSV_RETURN_IF_ERROR(Rows<T>::Update(tx, next));
          return next;
        });
  }
};

}  // namespace vsv::partners

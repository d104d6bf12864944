#include "services/outcomes/storage/pg_indicator_store.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/outbox.h"
#include "libs/pg/sqlstate.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/names.h"
#include "services/outcomes/storage/apply.h"
#include "services/outcomes/storage/batch.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

#include <map>
#include <utility>

namespace vsv::outcomes {
namespace {

// Fills in the definitions of all of them.
absl::Status AddDefinitions(pg::Transaction& tx, std::vector<Indicator>& indicators) {
  std::map<std::string, Indicator*> by_id;
  for (Indicator& indicator : indicators) by_id[indicator.id] = &indicator;
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kGetIndicatorDefinitions, pg::Params().TextArray(IdsOf(indicators))));
  for (const pg::Row row : rows) {
    by_id[row.Text("indicator_id")]->definitions.push_back(DefinitionOf(row));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Indicator>> Read(pg::Transaction& tx,
                                            absl::Span<const std::string> ids) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetIndicators, pg::Params().TextArray(ids)));
  std::vector<Indicator> indicators;
  for (const pg::Row row : rows) indicators.push_back(IndicatorOf(row));
  VSV_RETURN_IF_ERROR(AddDefinitions(tx, indicators));
  return indicators;
}

absl::StatusOr<Indicator> ReadOne(pg::Transaction& tx, const std::string& id) {
  VSV_ASSIGN_OR_RETURN(std::vector<Indicator> found, Read(tx, {id}));
  if (found.empty()) return errors::NotFound("INDICATOR");
  return std::move(found.front());
}

absl::Status CreateDefinitions(pg::Transaction& tx, const Indicator& indicator) {
  std::vector<int64_t> versions;
  std::vector<std::string> sources;
  std::vector<std::string> texts;
  std::vector<std::string> first_periods;
  for (const IndicatorDefinition& definition : indicator.definitions) {
    versions.push_back(definition.version);
    sources.push_back(definition.source);
    texts.push_back(definition.text);
    first_periods.push_back(
        definition.first_period.has_value() ? definition.first_period->ToString() : "");
  }
  return tx
      .Execute(sql::kCreateIndicatorDefinitions, pg::Params()
                                                     .Text(indicator.id)
                                                     .IntArray(versions)
                                                     .TextArray(sources)
                                                     .TextArray(texts)
                                                     .TextArray(first_periods))
      .status();
}

absl::StatusOr<Indicator> Create(pg::Transaction& tx, const CreateIndicatorCommand& command) {
  const Indicator& indicator = command.indicator;
  const absl::Status inserted =
      tx.Execute(sql::kCreateIndicator, pg::Params()
                                            .Text(indicator.id)
                                            .Text(indicator.display_name)
                                            .Text(NameOf(indicator.unit))
                                            .Text(NameOf(indicator.scope))
                                            .Text(NameOf(indicator.better))
                                            .Time(command.mutation.call.now))
          .status();
  if (pg::ConstraintOf(inserted) == "indicators_pkey") {
    return errors::AlreadyExists("INDICATOR", "the indicator id is taken");
  }
  VSV_RETURN_IF_ERROR(inserted);
  VSV_RETURN_IF_ERROR(CreateDefinitions(tx, indicator));
  VSV_RETURN_IF_ERROR(feed::AppendOutbox(
      tx, {{std::string(kNoRegion), "INDICATOR", indicator.id, indicator.version}}));
  return ReadOne(tx, indicator.id);
}

}  // namespace

std::vector<absl::StatusOr<Indicator>> PgIndicatorStore::CreateIndicators(
    absl::Span<const CreateIndicatorCommand> commands) {
  return RunBatch<Indicator>(
      pool_, commands, [](pg::Transaction& tx, const CreateIndicatorCommand& command) {
        const std::string& id = command.indicator.id;
        return Apply<Indicator>(
            tx, command.mutation, {kNoRegion, id}, [&] { return Create(tx, command); },
            [&] { return ReadOne(tx, id); });
      });
}

std::vector<absl::StatusOr<Indicator>> PgIndicatorStore::GetIndicators(
    absl::Span<const std::string> ids, absl::Time deadline) {
  std::vector<Indicator> found;
  const absl::Status status = pg::RunInTransaction(pool_, pg::Mode::kReadOnly, deadline, {},
                                                   [&](pg::Transaction& tx) -> absl::Status {
                                                     VSV_ASSIGN_OR_RETURN(found, Read(tx, ids));
                                                     return absl::OkStatus();
                                                   });
  return VerdictsById(ids, std::move(found), status, errors::NotFound("INDICATOR"));
}

absl::StatusOr<std::vector<Indicator>> PgIndicatorStore::ListIndicators(
    const PageCommand& command) {
  std::vector<Indicator> indicators;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, command.deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        indicators.clear();
        VSV_ASSIGN_OR_RETURN(
            const pg::Result rows,
            tx.Execute(sql::kListIndicators, pg::Params().Text(command.after).Int(command.limit)));
        for (const pg::Row row : rows) indicators.push_back(IndicatorOf(row));
        return AddDefinitions(tx, indicators);
      }));
  return indicators;
}

}  // namespace vsv::outcomes

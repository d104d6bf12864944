#include "services/outcomes/storage/pg_figure_store.h"

#include "libs/base/status_macros.h"
#include "libs/feed/outbox.h"
#include "libs/pg/params.h"
#include "libs/pg/transaction.h"
#include "services/outcomes/domain/figure_import.h"
#include "services/outcomes/domain/names.h"
#include "services/outcomes/storage/apply.h"
#include "services/outcomes/storage/rows.h"
#include "services/outcomes/storage/statements.h"

#include <optional>
#include <string>
#include <utility>

namespace vsv::outcomes {
namespace {

using Verdicts = std::vector<absl::StatusOr<Admission>>;

// What is known of the cells and indicators that the rows speak of. Cells are locked first, also
// those without a version yet, so that two imports of one cell follow each other.
absl::StatusOr<KnownFigures> ReadKnown(pg::Transaction& tx, absl::Span<const Figure> figures) {
  std::vector<std::string> cells;
  std::vector<std::string> indicators;
  for (const Figure& figure : figures) {
    cells.push_back(CellOf(figure.key));
    indicators.push_back(figure.key.indicator_id);
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kLockCells, pg::Params().TextArray(cells)));
  VSV_ASSIGN_OR_RETURN(const pg::Result definitions,
                       tx.Execute(sql::kGetKnownDefinitions, pg::Params().TextArray(indicators)));
  KnownFigures known;
  for (const pg::Row row : definitions) {
    known.definitions.emplace(row.Text("indicator_id"), static_cast<int>(row.Int("version")));
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result versions,
                       tx.Execute(sql::kGetCellHistories, pg::Params().TextArray(cells)));
  for (const pg::Row row : versions) known.histories[row.Text("cell")].push_back(FigureOf(row));
  return known;
}

// Columns of create_figures.sql, in its order.
struct Columns {
  std::vector<std::string> cells, ids, indicators, origins, kinds, organisations, regions, parents,
      units, levels, periods, names, statuses, sources;
  std::vector<std::optional<absl::Time>> known_from, superseded;
  std::vector<int64_t> definitions, unscaled, scales;
  std::vector<std::optional<int64_t>> numerators, denominators;
  std::vector<bool> derived;

  void Add(const Figure& figure) {
    const Slice& slice = figure.key.slice;
    cells.push_back(CellOf(figure.key));
    known_from.emplace_back(figure.known_from);
    ids.push_back(figure.id);
    indicators.push_back(figure.key.indicator_id);
    definitions.push_back(figure.key.definition_version);
    origins.emplace_back(NameOf(figure.key.origin));
    kinds.emplace_back(NameOf(slice.kind));
    organisations.push_back(slice.organisation_id);
    regions.push_back(slice.region_id);
    parents.push_back(slice.parent_code);
    units.push_back(slice.unit_code);
    levels.emplace_back(LevelName(slice.level));
    periods.push_back(slice.period.ToString());
    names.push_back(figure.unit_name);
    unscaled.push_back(figure.value.unscaled);
    scales.push_back(figure.value.scale);
    numerators.push_back(figure.numerator);
    denominators.push_back(figure.denominator);
    derived.push_back(figure.denominator_derived);
    statuses.emplace_back(NameOf(figure.status));
    superseded.push_back(figure.superseded_at);
    sources.push_back(figure.source);
  }

  pg::Params Parameters() const {
    pg::Params params;
    params.TextArray(cells).TimeArray(known_from).TextArray(ids).TextArray(indicators);
    params.IntArray(definitions).TextArray(origins).TextArray(kinds).TextArray(organisations);
    params.TextArray(regions).TextArray(parents).TextArray(units).TextArray(levels);
    params.TextArray(periods).TextArray(names).IntArray(unscaled).IntArray(scales);
    params.IntArray(numerators).IntArray(denominators).BoolArray(derived).TextArray(statuses);
    params.TimeArray(superseded).TextArray(sources);
    return params;
  }
};

absl::Status Write(pg::Transaction& tx, const FigureImport& import) {
  std::vector<std::string> cells;
  std::vector<std::optional<absl::Time>> known_from;
  std::vector<std::optional<absl::Time>> superseded;
  for (const Superseded& figure : import.superseded) {
    cells.push_back(figure.cell);
    known_from.emplace_back(figure.known_from);
    superseded.emplace_back(figure.superseded_at);
  }
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kSupersedeFigures,
                 pg::Params().TextArray(cells).TimeArray(known_from).TimeArray(superseded)));
  Columns columns;
  // Versions of a cell are ordered by when they became known.
  std::vector<feed::OutboxEvent> events;
  for (const Figure& figure : import.added) {
    columns.Add(figure);
    events.push_back({std::string(kNoRegion), "FIGURE", CellOf(figure.key),
                      absl::ToUnixMicros(figure.known_from)});
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kCreateFigures, columns.Parameters()));
  return feed::AppendOutbox(tx, events);
}

absl::StatusOr<Verdicts> Import(pg::Transaction& tx, const ImportFiguresCommand& command,
                                bool write) {
  VSV_ASSIGN_OR_RETURN(KnownFigures known, ReadKnown(tx, command.figures));
  FigureImport import = PlanImport(std::move(known), command.figures);
  if (write) VSV_RETURN_IF_ERROR(Write(tx, import));
  return std::move(import.verdicts);
}

template <typename Enum>
std::optional<std::string> OptionalName(const std::optional<Enum>& value) {
  if (!value.has_value()) return std::nullopt;
  return std::string(NameOf(*value));
}

pg::Params ListParams(const ListFiguresCommand& command) {
  const FigureFilter& filter = command.filter;
  // Every cell is greater than ''.
  const FigurePosition after = command.after.value_or(FigurePosition{"", absl::UnixEpoch()});
  pg::Params params;
  params.Time(command.as_known)
      .Bool(command.show_superseded)
      .Text(after.cell)
      .Time(after.known_from);
  params.Text(filter.indicator_id).Text(filter.organisation_id);
  params.Text(filter.level.has_value()
                  ? std::optional<std::string>(std::string(LevelName(*filter.level)))
                  : std::nullopt);
  params.Text(filter.period.has_value() ? std::optional<std::string>(filter.period->ToString())
                                        : std::nullopt);
  params.Text(OptionalName(filter.kind)).Text(filter.unit_code);
  params.Text(OptionalName(filter.status)).Text(OptionalName(filter.origin)).Int(command.limit);
  return params;
}

pg::Params SlicesParams(absl::Span<const SlicesQuery> queries) {
  std::vector<std::string> indicators;
  std::vector<int64_t> definitions;
  std::vector<std::string> organisations;
  std::vector<std::string> levels;
  std::vector<std::optional<absl::Time>> as_known;
  for (const SlicesQuery& query : queries) {
    indicators.push_back(query.indicator_id);
    definitions.push_back(query.definition_version);
    organisations.push_back(query.organisation_id);
    levels.emplace_back(LevelName(query.level));
    as_known.emplace_back(query.as_known);
  }
  pg::Params params;
  params.TextArray(indicators).IntArray(definitions).TextArray(organisations).TextArray(levels);
  params.TimeArray(as_known);
  return params;
}

}  // namespace

absl::StatusOr<Verdicts> PgFigureStore::ImportFigures(const ImportFiguresCommand& command) {
  absl::StatusOr<Verdicts> verdicts = Verdicts();
  const Call& call = command.mutation.call;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadWrite, call.deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        verdicts = Apply<Verdicts>(
            tx, command.mutation, {kNoRegion, "figures"},
            [&] { return Import(tx, command, /*write=*/true); },
            [&] { return Import(tx, command, /*write=*/false); });
        return verdicts.status();
      }));
  return verdicts;
}

absl::StatusOr<std::vector<Figure>> PgFigureStore::ListFigures(const ListFiguresCommand& command) {
  std::vector<Figure> figures;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, command.deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        figures.clear();
        VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                             tx.Execute(sql::kListFigures, ListParams(command)));
        for (const pg::Row row : rows) figures.push_back(FigureOf(row));
        return absl::OkStatus();
      }));
  return figures;
}

absl::StatusOr<std::vector<std::vector<Figure>>> PgFigureStore::GetSlices(
    absl::Span<const SlicesQuery> queries, absl::Time deadline) {
  std::vector<std::vector<Figure>> slices;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        slices.assign(queries.size(), {});
        VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                             tx.Execute(sql::kGetSlices, SlicesParams(queries)));
        for (const pg::Row row : rows) {
          slices[static_cast<size_t>(row.Int("place") - 1)].push_back(FigureOf(row));
        }
        return absl::OkStatus();
      }));
  return slices;
}

}  // namespace vsv::outcomes

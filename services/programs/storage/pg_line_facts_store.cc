#include "services/programs/storage/pg_line_facts_store.h"

#include "libs/base/status_macros.h"
#include "libs/pg/transaction.h"
#include "services/programs/domain/state_names.h"
#include "services/programs/storage/organisation_columns.h"
#include "services/programs/storage/row_access.h"
#include "services/programs/storage/statements.h"

#include <algorithm>

namespace vsv::programs {
namespace {

// A line has tens of measures; this only keeps a mistake from filling the memory.
constexpr int kMostOfALine = 10'000;

template <typename T>
absl::StatusOr<std::vector<T>> ReadAll(pg::Transaction& tx, const ParentName& parent) {
  ListQuery<T> query;
  query.parent = parent;
  query.limit = kMostOfALine;
  VSV_ASSIGN_OR_RETURN(Page<T> page, ListRows<T>(tx, query));
  std::vector<T> resources;
  for (Stored<T>& item : page.items) resources.push_back(std::move(item.resource));
  return resources;
}

absl::Status ReadCounts(pg::Transaction& tx, absl::CivilDay reference, LineFacts& facts) {
  std::vector<std::string> processes;
  for (const Process process : facts.line.processes) processes.emplace_back(NameOf(process));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(
          sql::kSumProcessCounts,
          pg::Params().Text(facts.line.name.program.region).TextArray(processes).Day(reference)));
  for (const pg::Row row : rows) {
    facts.counts.push_back(
        {.process = ProcessOf(row.Text("process")).value_or(Process::kTransition),
         .state = row.Text("state"),
         .responsible = Organisation(row, "responsible_organisation_id"),
         .due_on = row.Day("due_on"),
         .count = row.Int("count")});
  }
  VSV_ASSIGN_OR_RETURN(const pg::Result progress, tx.Execute(sql::kGetDossiersHeartbeat));
  if (!progress.empty()) facts.dossiers_as_of = progress[0].OptionalTime("heartbeat_at");
  return absl::OkStatus();
}

absl::Status ReadFacts(pg::Transaction& tx, const LineName& name, absl::CivilDay reference,
                       LineFacts& facts) {
  facts = LineFacts();
  VSV_ASSIGN_OR_RETURN(const Stored<ProgramLine> line, GetRow<ProgramLine>(tx, name));
  VSV_ASSIGN_OR_RETURN(const Stored<Program> program, GetRow<Program>(tx, name.program));
  facts.line = line.resource;
  facts.program = program.resource;
  const ParentName parent{name.program.region, name.program.program, name.line};
  VSV_ASSIGN_OR_RETURN(facts.measures, ReadAll<Measure>(tx, parent));
  VSV_ASSIGN_OR_RETURN(facts.links, ReadAll<IndicatorLink>(tx, parent));
  VSV_ASSIGN_OR_RETURN(facts.assignments, ReadAll<SpecialAssignment>(tx, parent));
  std::erase_if(facts.assignments, [&name](const SpecialAssignment& assignment) {
    const std::vector<std::string> lines = LinesOf(assignment);
    return std::find(lines.begin(), lines.end(), name.line) == lines.end();
  });
  return ReadCounts(tx, reference, facts);
}

}  // namespace

absl::StatusOr<LineFacts> PgLineFactsStore::Read(const LineName& line, absl::CivilDay reference,
                                                 absl::Time deadline) {
  LineFacts facts;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      pool_, pg::Mode::kReadOnly, deadline, {},
      [&](pg::Transaction& tx) { return ReadFacts(tx, line, reference, facts); }));
  return facts;
}

}  // namespace vsv::programs

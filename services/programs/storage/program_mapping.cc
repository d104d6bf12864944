#include "libs/base/status_macros.h"
#include "services/programs/domain/state_names.h"
#include "services/programs/storage/mapping.h"
#include "services/programs/storage/organisation_columns.h"
#include "services/programs/storage/statements.h"

namespace vsv::programs {
namespace {

std::vector<std::string> ProcessNames(const std::vector<Process>& processes) {
  std::vector<std::string> names;
  for (const Process process : processes) names.emplace_back(NameOf(process));
  return names;
}

}  // namespace

const pg::Statement& Mapping<Program>::kGet = sql::kGetPrograms;
const pg::Statement& Mapping<Program>::kList = sql::kListPrograms;
const pg::Statement& Mapping<Program>::kInsert = sql::kInsertProgram;
const pg::Statement& Mapping<Program>::kUpdate = sql::kUpdateProgram;

pg::Params Mapping<Program>::Keys(absl::Span<const ProgramName> names) {
  std::vector<std::string> regions;
  std::vector<std::string> programs;
  for (const ProgramName& name : names) {
    regions.push_back(name.region);
    programs.push_back(name.program);
  }
  return pg::Params().TextArray(regions).TextArray(programs);
}

pg::Params Mapping<Program>::ListParams(const ListQuery<Program>& query) {
  return pg::Params()
      .Text(query.parent.region)
      .Text(query.after)
      .Text(query.filter.lead_organisation.value())
      .Text(query.filter.contact_municipality.value())
      .Text(query.filter.contact_school.value())
      .Int(query.limit + 1);
}

pg::Params Mapping<Program>::Values(const Program& program) {
  return pg::Params()
      .Text(program.name.region)
      .Text(program.name.program)
      .Text(program.title)
      .Text(program.description)
      .Day(program.period.start)
      .Day(program.period.end)
      .Text(program.contact_municipality.value())
      .Text(program.contact_school.value())
      .TextArray(Texts(program.central_municipalities))
      .Text(program.lead_organisation.value())
      .Text(program.municipal_manager.value())
      .Text(program.school_manager.value())
      .TextArray(Texts(program.steering_group));
}

Program Mapping<Program>::FromRow(const pg::Row& row) {
  return Program{.name = {row.Text("region_id"), row.Text("program_id")},
                 .title = row.Text("title"),
                 .description = row.Text("description"),
                 .period = {row.Day("start_on"), row.Day("end_on")},
                 .contact_municipality = Organisation(row, "contact_municipality_id"),
                 .contact_school = Organisation(row, "contact_school_id"),
                 .central_municipalities = Organisations(row, "central_municipality_ids"),
                 .lead_organisation = Organisation(row, "lead_organisation_id"),
                 .municipal_manager = Organisation(row, "municipal_manager_id"),
                 .school_manager = Organisation(row, "school_manager_id"),
                 .steering_group = Organisations(row, "steering_group_ids")};
}

const pg::Statement& Mapping<ProgramLine>::kGet = sql::kGetLines;
const pg::Statement& Mapping<ProgramLine>::kList = sql::kListLines;
const pg::Statement& Mapping<ProgramLine>::kInsert = sql::kInsertLine;
const pg::Statement& Mapping<ProgramLine>::kUpdate = sql::kUpdateLine;

pg::Params Mapping<ProgramLine>::Keys(absl::Span<const LineName> names) {
  std::vector<std::string> regions;
  std::vector<std::string> programs;
  std::vector<std::string> lines;
  for (const LineName& name : names) {
    regions.push_back(name.program.region);
    programs.push_back(name.program.program);
    lines.push_back(name.line);
  }
  return pg::Params().TextArray(regions).TextArray(programs).TextArray(lines);
}

pg::Params Mapping<ProgramLine>::ListParams(const ListQuery<ProgramLine>& query) {
  return pg::Params()
      .Text(query.parent.region)
      .Text(query.parent.program)
      .Text(query.after)
      .Text(query.filter.lead_organisation.value())
      .Int(query.limit + 1);
}

pg::Params Mapping<ProgramLine>::Values(const ProgramLine& line) {
  return pg::Params()
      .Text(line.name.program.region)
      .Text(line.name.program.program)
      .Text(line.name.line)
      .Text(line.code)
      .Text(line.title)
      .Text(line.description)
      .Text(line.lead_organisation.value())
      .TextArray(ProcessNames(line.processes))
      .TextArray(line.target_groups)
      .TextArray(line.results);
}

ProgramLine Mapping<ProgramLine>::FromRow(const pg::Row& row) {
  ProgramLine line{.name = {{row.Text("region_id"), row.Text("program_id")}, row.Text("line_id")},
                   .code = row.Text("code"),
                   .title = row.Text("title"),
                   .description = row.Text("description"),
                   .lead_organisation = Organisation(row, "lead_organisation_id"),
                   .target_groups = row.TextArray("target_groups"),
                   .results = row.TextArray("results")};
  for (const std::string& name : row.TextArray("processes")) {
    if (const auto process = ProcessOf(name)) line.processes.push_back(*process);
  }
  const std::vector<int64_t> years = row.IntArray("budget_years");
  const std::vector<int64_t> cents = row.IntArray("budget_cents");
  for (size_t i = 0; i < years.size(); ++i) line.budget.push_back({years[i], cents[i]});
  return line;
}

absl::Status Mapping<ProgramLine>::WriteLists(pg::Transaction& tx, const ProgramLine& line) {
  const auto key = [&line] {
    return pg::Params()
        .Text(line.name.program.region)
        .Text(line.name.program.program)
        .Text(line.name.line);
  };
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteLineBudgets, key()));
  std::vector<int64_t> years;
  std::vector<int64_t> cents;
  for (const YearBudget& budget : line.budget) {
    years.push_back(budget.year);
    cents.push_back(budget.amount_cents);
  }
  return tx.Execute(sql::kInsertLineBudgets, key().IntArray(years).IntArray(cents)).status();
}

const pg::Statement& Mapping<IndicatorLink>::kGet = sql::kGetIndicatorLinks;
const pg::Statement& Mapping<IndicatorLink>::kList = sql::kListIndicatorLinks;
const pg::Statement& Mapping<IndicatorLink>::kInsert = sql::kInsertIndicatorLink;
const pg::Statement& Mapping<IndicatorLink>::kUpdate = sql::kUpdateIndicatorLink;

pg::Params Mapping<IndicatorLink>::Keys(absl::Span<const IndicatorLinkName> names) {
  std::vector<LineName> lines;
  std::vector<std::string> links;
  for (const IndicatorLinkName& name : names) {
    lines.push_back(name.line);
    links.push_back(name.link);
  }
  return Mapping<ProgramLine>::Keys(lines).TextArray(links);
}

pg::Params Mapping<IndicatorLink>::ListParams(const ListQuery<IndicatorLink>& query) {
  return pg::Params()
      .Text(query.parent.region)
      .Text(query.parent.program)
      .Text(query.parent.line)
      .Text(query.after)
      .Text(query.filter.indicator)
      .Text(query.filter.organisation.value())
      .Int(query.limit + 1);
}

pg::Params Mapping<IndicatorLink>::Values(const IndicatorLink& link) {
  return pg::Params()
      .Text(link.name.line.program.region)
      .Text(link.name.line.program.program)
      .Text(link.name.line.line)
      .Text(link.name.link)
      .Text(link.title)
      .Text(link.indicator)
      .Text(link.ambition)
      .Text(link.organisation.value())
      .Text(link.level);
}

IndicatorLink Mapping<IndicatorLink>::FromRow(const pg::Row& row) {
  return IndicatorLink{
      .name = {{{row.Text("region_id"), row.Text("program_id")}, row.Text("line_id")},
               row.Text("indicator_link_id")},
      .title = row.Text("title"),
      .indicator = row.Text("indicator"),
      .ambition = row.Text("ambition"),
      .organisation = Organisation(row, "organisation_id"),
      .level = row.Text("level")};
}

}  // namespace vsv::programs

#include "services/vsvctl/line_status_view.h"

#include "services/vsvctl/table.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace vsv::vsvctl {
namespace {

using programs::v1::LineStatus;

std::string Id(const std::string& organisation) {
  return std::string(absl::StripPrefix(organisation, "organisations/"));
}

std::string Section(absl::string_view title, const Table& table) {
  return table.empty() ? "" : absl::StrCat("\n", title, "\n", table.Render());
}

std::string Measures(const LineStatus& status) {
  Table table({"MEASURE", "OWNER", "STATE", "UNTIL", "MILESTONES", "LATE"});
  for (const auto& measure : status.measures()) {
    int done = 0;
    int late = measure.overdue() ? 1 : 0;
    for (const auto& milestone : measure.milestones()) {
      done += milestone.has_done_date() ? 1 : 0;
      late += milestone.overdue() ? 1 : 0;
    }
    table.Add({measure.title(), Id(measure.owner()), Cell(measure, "state"),
               Cell(measure, "end_date"), absl::StrCat(done, " of ", measure.milestones_size()),
               late == 0 ? "" : absl::StrCat(late)});
  }
  return Section("Measures (maatregelen)", table);
}

std::string Assignments(const LineStatus& status) {
  Table table({"ASSIGNMENT", "LEAD", "HERE", "RESULTS"});
  for (const auto& assignment : status.assignments()) {
    table.Add({assignment.title(), Id(assignment.lead()), assignment.home() ? "home" : "crosses",
               absl::StrCat(assignment.reached_count(), " of ", assignment.result_count())});
  }
  return Section("Special assignments (bijzondere opgaven)", table);
}

std::string Dossiers(const LineStatus& status) {
  if (!status.has_transition()) return "";
  Table table({"RESPONSIBLE", "PREPARING", "SENT", "ACCEPTED", "WITHDRAWN", "OVERDUE"});
  const auto add = [&table](const std::string& who, const programs::v1::DossierCounts& counts) {
    table.Add({who, absl::StrCat(counts.in_preparation_count()), absl::StrCat(counts.sent_count()),
               absl::StrCat(counts.accepted_count()), absl::StrCat(counts.withdrawn_count()),
               absl::StrCat(counts.overdue_count())});
  };
  for (const auto& counts : status.transition().by_organisation()) {
    add(Id(counts.organisation()), counts);
  }
  add("total", status.transition().total());
  return Section("Transition dossiers (doorstroomdossiers)", table);
}

std::string Handovers(const LineStatus& status) {
  if (!status.has_warm_handover()) return "";
  Table table({"RESPONSIBLE", "NEEDED", "HELD", "SUPPORT AGREED", "DECLINED", "OVERDUE"});
  const auto add = [&table](const std::string& who, const programs::v1::HandoverCounts& counts) {
    table.Add({who, absl::StrCat(counts.needed_count()), absl::StrCat(counts.held_count()),
               absl::StrCat(counts.support_agreed_count()), absl::StrCat(counts.declined_count()),
               absl::StrCat(counts.overdue_count())});
  };
  for (const auto& counts : status.warm_handover().by_organisation()) {
    add(Id(counts.organisation()), counts);
  }
  add("total", status.warm_handover().total());
  return Section("Warm handovers (warme overdracht)", table);
}

std::string FirstYear(const LineStatus& status) {
  if (!status.has_first_year()) return "";
  const auto& counts = status.first_year();
  std::string text = "\nFirst mbo year (uitschrijving en switch)\n";
  if (counts.withheld()) return absl::StrCat(text, "withheld: too few people\n");
  if (!counts.has_count_date()) return absl::StrCat(text, "nothing recorded yet\n");
  const auto percent = [](bool known, double value) {
    return known ? absl::StrFormat(" (%.1f%%)", value) : "";
  };
  return absl::StrCat(text, "on ", Cell(counts, "count_date"), ": of ", counts.started_count(),
                      " starters ", counts.switch_count(), " switched",
                      percent(counts.has_switch_percent(), counts.switch_percent()), " and ",
                      counts.deregistration_count(), " left",
                      percent(counts.has_deregistration_percent(), counts.deregistration_percent()),
                      "\n");
}

std::string Indicators(const LineStatus& status) {
  Table table({"INDICATOR", "PERIOD", "VALUE", "STATE", "TARGET", "VERDICT", "WHY"});
  for (const auto& indicator : status.indicators()) {
    table.Add({indicator.title(), indicator.school_year(), Cell(indicator, "value"),
               Cell(indicator, "state"), Cell(indicator, "target"), Cell(indicator, "verdict"),
               indicator.explanation()});
  }
  return Section("Indicators", table);
}

std::string Overdue(const LineStatus& status) {
  Table table({"DUE", "OWNER", "KIND", "COUNT", "WHAT"});
  for (const auto& item : status.overdue()) {
    table.Add({Cell(item, "due_date"), Id(item.owner()), Cell(item, "kind"),
               absl::StrCat(item.count()), item.title()});
  }
  return Section("Overdue", table);
}

std::string Sources(const LineStatus& status) {
  Table table({"SOURCE", "STATE", "AS OF"});
  for (const auto& source : status.sources()) {
    table.Add({source.source(), Cell(source, "state"), Cell(source, "as_of_time")});
  }
  return Section("Sources", table);
}

}  // namespace

std::string ViewOf(const LineStatus& status) {
  return absl::StrCat(status.title(), " - ", status.program_title(), "\n", status.line(), ", lead ",
                      Id(status.lead_organisation()), ", on ", Cell(status, "reference_date"), "\n",
                      Measures(status), Assignments(status), Dossiers(status), Handovers(status),
                      FirstYear(status), Indicators(status), Overdue(status), Sources(status));
}

}  // namespace vsv::vsvctl

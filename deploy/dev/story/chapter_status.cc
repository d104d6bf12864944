#include "libs/base/status_macros.h"

#include "vsv/programs/v1/line_status.pb.h"
#include "vsv/programs/v1/programs_service.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

#include <algorithm>

#include "deploy/dev/story/chapters.h"

namespace vsv::story {
namespace {

namespace programs = ::vsv::programs::v1;

constexpr absl::Duration kPatience = absl::Seconds(20);

template <typename Text>
std::string Short(const Text& name) {
  return std::string(absl::StripPrefix(name, "organisations/"));
}

std::string Day(const google::type::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

void TellMeasures(Narrator& narrator, const programs::LineStatus& status) {
  for (const programs::MeasureStatus& measure : status.measures()) {
    int reached = 0;
    for (const programs::MilestoneStatus& milestone : measure.milestones())
      reached += milestone.has_done_date() ? 1 : 0;
    narrator.Detail(absl::StrFormat(
        "measure     %s: %s, %d of %d milestones reached%s", measure.title(),
        absl::StripPrefix(programs::MeasureState_Name(measure.state()), "MEASURE_STATE_"), reached,
        measure.milestones_size(), measure.overdue() ? ", OVERDUE" : ""));
  }
  for (const programs::AssignmentStatus& assignment : status.assignments()) {
    narrator.Detail(absl::StrFormat("assignment  %s: %d of %d results, led by %s",
                                    assignment.title(), assignment.reached_count(),
                                    assignment.result_count(), Short(assignment.lead())));
  }
}

void TellProcesses(Narrator& narrator, const programs::LineStatus& status) {
  if (status.has_transition()) {
    const programs::DossierCounts& total = status.transition().total();
    narrator.Detail(
        absl::StrFormat("dossiers    %d in preparation, %d sent, %d accepted, %d overdue",
                        total.in_preparation_count(), total.sent_count(), total.accepted_count(),
                        total.overdue_count()));
    for (const programs::DossierCounts& one : status.transition().by_organisation()) {
      if (one.overdue_count() > 0)
        narrator.Detail(absl::StrFormat("            %d overdue at %s", one.overdue_count(),
                                        Short(one.organisation())));
    }
  }
  if (status.has_warm_handover()) {
    const programs::HandoverCounts& total = status.warm_handover().total();
    narrator.Detail(absl::StrFormat("handovers   %d held of %d needed, %d overdue",
                                    total.held_count(), total.needed_count(),
                                    total.overdue_count()));
  }
  if (status.has_first_year()) {
    const programs::FirstYearStatus& year = status.first_year();
    narrator.Detail(absl::StrFormat(
        "first year  of %d starters %.1f%% switched (%d), %.1f%% deregistered (%d), count date %s",
        year.started_count(), year.switch_percent(), year.switch_count(),
        year.deregistration_percent(), year.deregistration_count(), Day(year.count_date())));
  }
}

void TellRest(Narrator& narrator, const programs::LineStatus& status) {
  for (const programs::IndicatorStatus& indicator : status.indicators()) {
    narrator.Detail(absl::StrFormat(
        "indicator   %s: %s %.2f %s, %s. %s", indicator.title(), indicator.school_year(),
        indicator.value(), indicator.unit(),
        absl::StripPrefix(programs::FigureState_Name(indicator.state()), "FIGURE_STATE_"),
        indicator.explanation()));
  }
  for (const programs::SourceFreshness& source : status.sources()) {
    if (source.state() == programs::SOURCE_STATE_CURRENT) continue;
    narrator.Detail(absl::StrCat("source      ", source.source(), " is away"));
  }
  int told = 0;
  for (const programs::OverdueItem& item : status.overdue()) {
    if (++told > 6) break;
    narrator.Detail(absl::StrFormat("overdue     %s (%d), due %s, owner %s", item.title(),
                                    item.count(), Day(item.due_date()), Short(item.owner())));
  }
  if (status.overdue_size() > told)
    narrator.Detail(absl::StrCat("            and ", status.overdue_size() - told, " more"));
}

bool IsCurrent(const programs::LineStatus& status) {
  return std::all_of(status.sources().begin(), status.sources().end(),
                     [](const programs::SourceFreshness& source) {
                       return source.state() == programs::SOURCE_STATE_CURRENT;
                     });
}

// The projections follow the services within a second or two; a director would look again.
absl::StatusOr<programs::LineStatus> Settled(const Actor& director, const std::string& line) {
  const absl::Time patience = absl::Now() + kPatience;
  while (true) {
    programs::GetLineStatusRequest request;
    request.set_name(line);
    VSV_ASSIGN_OR_RETURN(
        programs::LineStatus status,
        director.Call<programs::LineStatus>("GetLineStatus", request, "programme_management"));
    const bool counted =
        status.has_transition() && status.transition().total().accepted_count() > 0;
    if ((IsCurrent(status) && counted) || absl::Now() > patience) return status;
    absl::SleepFor(absl::Milliseconds(200));
  }
}

bool IsComplete(const programs::LineStatus& status) {
  return IsCurrent(status) && status.measures_size() > 0 &&
         status.transition().total().accepted_count() > 0 &&
         status.warm_handover().total().needed_count() > 0 && status.indicators_size() > 0 &&
         status.overdue_size() > 0;
}

absl::Status TellLine(Plot& plot, const Actor& director, const std::string& line) {
  const std::string asked = absl::StrCat("GetLineStatus ", line);
  const absl::StatusOr<programs::LineStatus> status = Settled(director, line);
  if (!status.ok()) return plot.narrator.Step(false, director.id(), asked, Told(status.status()));
  const absl::Status told = plot.narrator.Step(
      IsComplete(*status), director.id(), asked,
      absl::StrCat(status->title(), ", led by ", Short(status->lead_organisation())));
  TellMeasures(plot.narrator, *status);
  TellProcesses(plot.narrator, *status);
  TellRest(plot.narrator, *status);
  return told;
}

}  // namespace

absl::Status TellStatus(Plot& plot) {
  plot.narrator.Chapter(7, "programs: what a programme director asks");
  VSV_ASSIGN_OR_RETURN(const Actor* amersfoort, EnterMunicipality(plot, "gemeente-amersfoort"));
  VSV_RETURN_IF_ERROR(TellLine(plot, *amersfoort, "regions/16/programs/aanpak-vsv-2021/lines/3"));
  VSV_ASSIGN_OR_RETURN(const Actor* utrecht, EnterMunicipality(plot, "gemeente-utrecht"));
  return TellLine(plot, *utrecht, "regions/19/programs/schoolwerkt-2021/lines/1");
}

}  // namespace vsv::story

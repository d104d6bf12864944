#include "libs/aip/proto_time.h"
#include "services/programs/api/to_proto.h"

#include "absl/strings/str_cat.h"

#include <optional>

namespace vsv::programs {
namespace {

v1::DossierCounts ToProto(const DossierCounts& counts) {
  v1::DossierCounts message;
  message.set_organisation(ToString(counts.organisation));
  message.set_in_preparation_count(counts.in_preparation);
  message.set_sent_count(counts.sent);
  message.set_accepted_count(counts.accepted);
  message.set_withdrawn_count(counts.withdrawn);
  message.set_overdue_count(counts.overdue);
  return message;
}

v1::HandoverCounts ToProto(const HandoverCounts& counts) {
  v1::HandoverCounts message;
  message.set_organisation(ToString(counts.organisation));
  message.set_needed_count(counts.needed);
  message.set_held_count(counts.held);
  message.set_support_agreed_count(counts.support_agreed);
  message.set_declined_count(counts.declined);
  message.set_overdue_count(counts.overdue);
  return message;
}

template <typename Counts, typename Message>
void Fill(const Breakdown<Counts>& breakdown, Message* message) {
  *message->mutable_total() = ToProto(breakdown.total);
  for (const Counts& counts : breakdown.by_organisation) {
    *message->add_by_organisation() = ToProto(counts);
  }
}

double Percent(int64_t permille) {
  return static_cast<double>(permille) / 10;
}

v1::FirstYearStatus ToProto(const FirstYearCounts& counts) {
  v1::FirstYearStatus message;
  message.set_started_count(counts.started);
  message.set_switch_count(counts.switched);
  message.set_deregistration_count(counts.deregistered);
  if (counts.switch_permille) message.set_switch_percent(Percent(*counts.switch_permille));
  if (counts.deregistration_permille) {
    message.set_deregistration_percent(Percent(*counts.deregistration_permille));
  }
  message.set_withheld(counts.withheld);
  if (counts.count_on) *message.mutable_count_date() = aip::ToProto(*counts.count_on);
  return message;
}

v1::MeasureStatus ToProto(const MeasureStatus& status) {
  const Measure& measure = status.measure;
  v1::MeasureStatus message;
  message.set_measure(ToString(measure.name));
  message.set_title(measure.title);
  message.set_owner(ToString(measure.owner));
  message.set_state(ToProto(measure.state));
  *message.mutable_end_date() = aip::ToProto(measure.planned.end);
  message.set_overdue(status.overdue);
  for (size_t i = 0; i < measure.milestones.size(); ++i) {
    const Milestone& milestone = measure.milestones[i];
    v1::MilestoneStatus* part = message.add_milestones();
    part->set_milestone_id(milestone.id);
    part->set_title(milestone.title);
    *part->mutable_due_date() = aip::ToProto(milestone.due_on);
    if (milestone.done_on) *part->mutable_done_date() = aip::ToProto(*milestone.done_on);
    part->set_overdue(status.milestone_overdue[i]);
  }
  return message;
}

v1::AssignmentStatus ToProto(const AssignmentStatus& status) {
  v1::AssignmentStatus message;
  message.set_special_assignment(ToString(status.name));
  message.set_title(status.title);
  message.set_lead(ToString(status.lead));
  message.set_home(status.home);
  message.set_reached_count(status.reached);
  message.set_result_count(status.agreed);
  return message;
}

v1::IndicatorStatus ToProto(const IndicatorLink& link, const Figure& figure) {
  v1::IndicatorStatus message;
  message.set_indicator_link(ToString(link.name));
  message.set_title(link.title);
  message.set_indicator(link.indicator);
  message.set_school_year(figure.school_year);
  if (figure.value) message.set_value(*figure.value);
  message.set_unit(figure.unit);
  message.set_state(static_cast<v1::FigureState>(figure.state));
  if (figure.target) message.set_target(*figure.target);
  message.set_verdict(static_cast<v1::AmbitionVerdict>(figure.verdict));
  message.set_explanation(figure.explanation);
  return message;
}

v1::OverdueItem ToProto(const OverdueItem& item) {
  v1::OverdueItem message;
  message.set_kind(static_cast<v1::OverdueKind>(static_cast<int>(item.kind) + 1));
  message.set_owner(ToString(item.owner));
  *message.mutable_due_date() = aip::ToProto(item.due_on);
  message.set_title(item.title);
  message.set_count(item.count);
  return message;
}

v1::SourceFreshness ToProto(const SourceFreshness& source) {
  v1::SourceFreshness message;
  message.set_source(source.source);
  message.set_state(source.available ? v1::SOURCE_STATE_CURRENT : v1::SOURCE_STATE_UNAVAILABLE);
  if (source.as_of) *message.mutable_as_of_time() = aip::ToProto(*source.as_of);
  return message;
}

}  // namespace

v1::LineStatus ToProto(const LineFacts& facts, const LineStatus& status, absl::CivilDay reference) {
  v1::LineStatus message;
  message.set_line(ToString(facts.line.name));
  message.set_title(absl::StrCat(facts.line.code, " ", facts.line.title));
  message.set_program_title(facts.program.title);
  message.set_lead_organisation(ToString(facts.line.lead_organisation));
  *message.mutable_reference_date() = aip::ToProto(reference);
  *message.mutable_processes() = ToProto(facts.line).processes();
  for (const MeasureStatus& measure : status.measures) *message.add_measures() = ToProto(measure);
  for (const AssignmentStatus& assignment : status.assignments) {
    *message.add_assignments() = ToProto(assignment);
  }
  if (status.transition) Fill(*status.transition, message.mutable_transition());
  if (status.warm_handover) Fill(*status.warm_handover, message.mutable_warm_handover());
  if (status.first_year) *message.mutable_first_year() = ToProto(*status.first_year);
  for (size_t i = 0; i < facts.links.size(); ++i) {
    *message.add_indicators() = ToProto(facts.links[i], status.figures[i]);
  }
  for (const OverdueItem& item : status.overdue) *message.add_overdue() = ToProto(item);
  for (const SourceFreshness& source : status.sources) *message.add_sources() = ToProto(source);
  return message;
}

}  // namespace vsv::programs

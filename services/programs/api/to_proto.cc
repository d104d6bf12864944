#include "services/programs/api/to_proto.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "services/programs/domain/names.h"

namespace vsv::programs {
namespace {

void AddNames(const std::vector<OrganisationId>& ids,
              google::protobuf::RepeatedPtrField<std::string>* names) {
  for (const OrganisationId& id : ids) names->Add(ToString(id));
}

void AddTexts(const std::vector<std::string>& texts,
              google::protobuf::RepeatedPtrField<std::string>* list) {
  list->Add(texts.begin(), texts.end());
}

// Sets a date only where there is one.
template <typename Setter>
void SetDay(const std::optional<absl::CivilDay>& day, Setter mutable_date) {
  if (day) *mutable_date() = aip::ToProto(*day);
}

template <typename Message, typename T>
Message WithStorage(Message message, const Stored<T>& stored) {
  message.set_etag(aip::EtagOf(stored.version));
  *message.mutable_create_time() = aip::ToProto(stored.created_at);
  *message.mutable_update_time() = aip::ToProto(stored.updated_at);
  return message;
}

}  // namespace

v1::MeasureState ToProto(MeasureState state) {
  return static_cast<v1::MeasureState>(static_cast<int>(state) + 1);  // the enums run alike
}

v1::Program ToProto(const Program& program) {
  v1::Program message;
  message.set_name(ToString(program.name));
  message.set_title(program.title);
  message.set_description(program.description);
  *message.mutable_start_date() = aip::ToProto(program.period.start);
  *message.mutable_end_date() = aip::ToProto(program.period.end);
  message.set_contact_municipality(ToString(program.contact_municipality));
  message.set_contact_school(ToString(program.contact_school));
  AddNames(program.central_municipalities, message.mutable_central_municipalities());
  message.set_lead_organisation(ToString(program.lead_organisation));
  message.set_municipal_manager(ToString(program.municipal_manager));
  message.set_school_manager(ToString(program.school_manager));
  AddNames(program.steering_group, message.mutable_steering_group());
  return message;
}

v1::ProgramLine ToProto(const ProgramLine& line) {
  v1::ProgramLine message;
  message.set_name(ToString(line.name));
  message.set_code(line.code);
  message.set_title(line.title);
  message.set_description(line.description);
  message.set_lead_organisation(ToString(line.lead_organisation));
  for (const Process process : line.processes) {
    message.add_processes(static_cast<v1::Process>(static_cast<int>(process) + 1));
  }
  AddTexts(line.target_groups, message.mutable_target_groups());
  AddTexts(line.results, message.mutable_results());
  for (const YearBudget& year : line.budget) {
    v1::YearBudget* budget = message.add_budget();
    budget->set_year(static_cast<int32_t>(year.year));
    budget->set_amount_cents(year.amount_cents);
  }
  return message;
}

v1::IndicatorLink ToProto(const IndicatorLink& link) {
  v1::IndicatorLink message;
  message.set_name(ToString(link.name));
  message.set_title(link.title);
  message.set_indicator(link.indicator);
  message.set_ambition(link.ambition);
  message.set_organisation(ToString(link.organisation));
  message.set_level(link.level);
  return message;
}

v1::Measure ToProto(const Measure& measure) {
  v1::Measure message;
  message.set_name(ToString(measure.name));
  message.set_title(measure.title);
  message.set_description(measure.description);
  message.set_owner(ToString(measure.owner));
  *message.mutable_start_date() = aip::ToProto(measure.planned.start);
  *message.mutable_end_date() = aip::ToProto(measure.planned.end);
  for (const Milestone& milestone : measure.milestones) {
    v1::Milestone* part = message.add_milestones();
    part->set_milestone_id(milestone.id);
    part->set_title(milestone.title);
    *part->mutable_due_date() = aip::ToProto(milestone.due_on);
    SetDay(milestone.done_on, [part] { return part->mutable_done_date(); });
  }
  message.set_state(ToProto(measure.state));
  SetDay(measure.started_on, [&message] { return message.mutable_started_date(); });
  SetDay(measure.ended_on, [&message] { return message.mutable_ended_date(); });
  message.set_stop_reason(measure.stop_reason);
  return message;
}

v1::SpecialAssignment ToProto(const SpecialAssignment& assignment) {
  v1::SpecialAssignment message;
  message.set_name(ToString(assignment.name));
  message.set_title(assignment.title);
  v1::Bottleneck* bottleneck = message.mutable_bottleneck();
  bottleneck->set_description(assignment.bottleneck.description);
  bottleneck->set_source(assignment.bottleneck.source);
  bottleneck->set_decision(assignment.bottleneck.decision);
  SetDay(assignment.bottleneck.decided_on,
         [bottleneck] { return bottleneck->mutable_decision_date(); });
  const ProgramName& program = assignment.name.program;
  message.set_home_line(ToString(LineName{program, assignment.home_line}));
  for (const std::string& line : assignment.crossed_lines) {
    message.add_crossed_lines(ToString(LineName{program, line}));
  }
  message.set_lead(ToString(assignment.lead));
  message.mutable_working_group()->set_title(assignment.working_group_title);
  AddNames(assignment.working_group_members, message.mutable_working_group()->mutable_members());
  AddTexts(assignment.short_term_goals, message.mutable_short_term_goals());
  AddTexts(assignment.long_term_goals, message.mutable_long_term_goals());
  AddTexts(assignment.target_groups, message.mutable_target_groups());
  for (const AssignmentResult& result : assignment.results) {
    v1::AssignmentResult* part = message.add_results();
    part->set_result_id(result.id);
    part->set_title(result.title);
    SetDay(result.due_on, [part] { return part->mutable_due_date(); });
    part->set_state(static_cast<v1::ResultState>(static_cast<int>(result.state) + 1));
    SetDay(result.reported_on, [part] { return part->mutable_reported_date(); });
    part->set_note(result.note);
  }
  message.mutable_contact()->set_organisation(ToString(assignment.contact_organisation));
  message.mutable_contact()->set_role(assignment.contact_role);
  return message;
}

v1::Program ToProto(const Stored<Program>& stored, absl::CivilDay today) {
  v1::Program message = WithStorage(ToProto(stored.resource), stored);
  const ProgramStatus status = StatusOn(stored.resource, today);
  message.set_status(static_cast<v1::ProgramStatus>(static_cast<int>(status) + 1));
  return message;
}

v1::ProgramLine ToProto(const Stored<ProgramLine>& stored, absl::CivilDay) {
  return WithStorage(ToProto(stored.resource), stored);
}

v1::IndicatorLink ToProto(const Stored<IndicatorLink>& stored, absl::CivilDay) {
  return WithStorage(ToProto(stored.resource), stored);
}

v1::Measure ToProto(const Stored<Measure>& stored, absl::CivilDay) {
  return WithStorage(ToProto(stored.resource), stored);
}

v1::SpecialAssignment ToProto(const Stored<SpecialAssignment>& stored, absl::CivilDay) {
  return WithStorage(ToProto(stored.resource), stored);
}

}  // namespace vsv::programs

#include "services/dossiers/api/convert_dossier.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "libs/base/school_year.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/resource_names.h"
#include "services/dossiers/api/sections.h"

#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

void SetProcess(const Dossier& dossier, v1::Dossier& out) {
  out.set_name(dossier.id.empty() ? "" : FormatDossier(dossier.region, dossier.id));
  out.set_state(ToProto(dossier.state));
  out.set_origin(ToProto(dossier.origin));
  out.set_finality(ToProto(dossier.finality));
  out.set_late_entrant(dossier.late_entrant);
  out.set_delivering_organisation(FormatOrganisation(dossier.delivering));
  if (dossier.receiving.has_value()) {
    out.set_receiving_organisation(FormatOrganisation(*dossier.receiving));
  }
  out.set_responsible_organisation(FormatOrganisation(dossier.responsible));
  out.set_residence_municipality_code(dossier.residence.value());
  out.set_has_start_qualification(dossier.has_start_qualification);
  out.set_school_year(base::SchoolYear(dossier.school_year).ToString());
  *out.mutable_due_date() = aip::ToProto(dossier.due_on);
  for (const auto& [state, time] : dossier.state_times) {
    v1::StateTime* entry = out.add_state_times();
    entry->set_state(ToProto(state));
    *entry->mutable_enter_time() = aip::ToProto(time);
  }
  if (dossier.state == DossierState::kRejected) {
    v1::RejectionReason reason = v1::REJECTION_REASON_UNSPECIFIED;
    v1::RejectionReason_Parse("REJECTION_REASON_" + dossier.rejection_reason, &reason);
    out.mutable_rejection()->set_reason(reason);
    out.mutable_rejection()->set_note(dossier.rejection_note);
  }
  out.set_etag(aip::EtagOf(dossier.version));
  *out.mutable_create_time() = aip::ToProto(dossier.created_at);
  *out.mutable_update_time() = aip::ToProto(dossier.updated_at);
}

void SetView(const PersonView& view, v1::PersonView& out) {
  out.set_person(ToProto(view.person));
  out.set_role(view.role);
  *out.mutable_seen_date() = aip::ToProto(view.seen_on);
  out.set_opinion(ToProto(view.opinion));
  out.set_reason(view.reason);
  out.set_evidence(view.evidence);
  out.set_permitted_by_student(view.permitted_by_student);
  *out.mutable_record_time() = aip::ToProto(view.recorded_at);
}

void SetHandover(const WarmHandover& handover, const HandoverTexts& texts, v1::WarmHandover& out) {
  const auto set_day = [](const std::optional<absl::CivilDay>& day, auto mutable_date) {
    if (day.has_value()) *mutable_date() = aip::ToProto(*day);
  };
  out.set_state(ToProto(handover.state));
  set_day(handover.planned_on, [&] { return out.mutable_planned_date(); });
  set_day(handover.held_on, [&] { return out.mutable_held_date(); });
  for (const Participant participant : handover.participants)
    out.add_participants(ToProto(participant));
  set_day(handover.support_agreed_on, [&] { return out.mutable_support_agreed_date(); });
  if (handover.support_agreed_by.has_value()) {
    out.set_support_agreed_by(ToProto(*handover.support_agreed_by));
  }
  set_day(handover.first_school_day, [&] { return out.mutable_first_school_date(); });
  set_day(handover.followed_up_on, [&] { return out.mutable_followed_up_date(); });
  set_day(handover.due_on, [&] { return out.mutable_due_date(); });
  out.set_agreed_support(texts.agreed_support.value_or(""));
  out.set_follow_up_outcome(texts.follow_up_outcome.value_or(""));
  out.set_declined_reason(texts.declined_reason.value_or(""));
}

void SetFirstYear(const FirstYearOutcome& outcome, v1::FirstYearOutcome& out) {
  *out.mutable_count_date() = aip::ToProto(outcome.count_on);
  out.set_status(ToProto(outcome.status));
  v1::FirstYearReason reason = v1::FIRST_YEAR_REASON_UNSPECIFIED;
  v1::FirstYearReason_Parse("FIRST_YEAR_REASON_" + outcome.reason, &reason);
  out.set_reason(reason);
  v1::FirstYearDestination destination = v1::FIRST_YEAR_DESTINATION_UNSPECIFIED;
  v1::FirstYearDestination_Parse("FIRST_YEAR_DESTINATION_" + outcome.destination, &destination);
  out.set_destination(destination);
  *out.mutable_record_time() = aip::ToProto(outcome.recorded_at);
}

}  // namespace

absl::StatusOr<v1::Dossier> ToProto(const DossierRow& row) {
  v1::Dossier out;
  SetProcess(row.dossier, out);
  if (row.pgn.has_value()) {
    out.set_pgn(*row.pgn);
    if (!row.dossier.pupil.empty())
      out.set_pupil(FormatPupil(row.dossier.region, row.dossier.pupil));
  }
  for (const Section& section : row.sections) VSV_RETURN_IF_ERROR(PutSection(section, out));
  for (const PersonView& view : row.views) SetView(view, *out.add_views());
  SetHandover(row.handover, row.handover_texts, *out.mutable_warm_handover());
  for (const FirstYearOutcome& outcome : row.first_year)
    SetFirstYear(outcome, *out.add_first_year_outcomes());
  for (const Category category : row.granted.Members())
    out.add_granted_categories(ToProto(category));
  return out;
}

absl::StatusOr<policy::Cleared<v1::Dossier>> ToCleared(const DossierRow& row) {
  if (row.granted.empty()) {
    v1::Dossier known;
    known.set_name(FormatDossier(row.dossier.region, row.dossier.id));
    return policy::Redact(std::move(known), ToPolicy({Category::kProcess}));
  }
  VSV_ASSIGN_OR_RETURN(v1::Dossier dossier, ToProto(row));
  return policy::Redact(std::move(dossier), ToPolicy(row.granted));
}

}  // namespace vsv::dossiers

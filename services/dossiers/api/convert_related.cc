#include "services/dossiers/api/convert_related.h"

#include "libs/aip/proto_time.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/resource_names.h"

#include "absl/strings/strip.h"

#include <string>

namespace vsv::dossiers {
namespace {

// Name of an enum value of the contract without its prefix, "" for unspecified.
std::string ShortName(const std::string& name, absl::string_view prefix) {
  const absl::string_view rest = absl::StripPrefix(name, prefix);
  return rest == "UNSPECIFIED" ? "" : std::string(rest);
}

OrganisationId OrganisationOf(absl::string_view name) {
  return OrganisationId(absl::StripPrefix(name, "organisations/"));
}

}  // namespace

absl::CivilDay ParseDay(const google::type::Date& date) {
  return aip::FromProto(date).value_or(absl::CivilDay());
}

v1::Application ToProto(const ApplicationRow& row) {
  const Application& application = row.application;
  v1::Application out;
  if (!application.id.empty())
    out.set_name(FormatApplication(row.region, row.dossier, application.id));
  out.set_institution(FormatOrganisation(application.institution));
  out.set_course(application.course);
  *out.mutable_application_date() = aip::ToProto(application.applied_on);
  out.set_state(ToProto(application.state));
  *out.mutable_state_date() = aip::ToProto(application.state_on);
  *out.mutable_create_time() = aip::ToProto(application.created_at);
  return out;
}

v1::Consent ToProto(const ConsentRow& row) {
  const Consent& consent = row.consent;
  v1::Consent out;
  if (!consent.id.empty()) out.set_name(FormatConsent(row.region, row.dossier, consent.id));
  out.set_category(ToProto(consent.category));
  out.set_recipient(FormatOrganisation(consent.recipient));
  out.set_purpose(ToProto(consent.purpose));
  *out.mutable_start_date() = aip::ToProto(consent.valid_from);
  *out.mutable_end_date() = aip::ToProto(consent.valid_until);
  out.set_given_by(ToProto(consent.given_by));
  *out.mutable_given_date() = aip::ToProto(consent.given_on);
  out.set_evidence(consent.evidence);
  out.set_recorded_by(FormatOrganisation(consent.recorded_by));
  *out.mutable_record_time() = aip::ToProto(consent.recorded_at);
  if (consent.withdrawn_at.has_value())
    *out.mutable_withdraw_time() = aip::ToProto(*consent.withdrawn_at);
  return out;
}

v1::DossierTombstone ToProto(const Tombstone& tombstone) {
  v1::DossierTombstone out;
  out.set_dossier(FormatDossier(tombstone.region, tombstone.dossier));
  out.set_all(tombstone.categories == kAllCategories);
  if (!out.all()) {
    for (const Category category : tombstone.categories.Members()) {
      out.add_recalled_categories(ToProto(category));
    }
  }
  out.set_reason(ToProto(tombstone.reason));
  *out.mutable_recall_time() = aip::ToProto(tombstone.recalled_at);
  return out;
}

v1::ProcessCount ToProto(const CountChange& change) {
  v1::ProcessCount out;
  out.set_region(FormatRegion(change.key.region));
  out.set_process(ToProto(change.key.process));
  out.set_state(change.key.state);
  out.set_responsible_organisation(FormatOrganisation(change.key.responsible));
  *out.mutable_due_date() = aip::ToProto(change.key.due_on);
  *out.mutable_day() = aip::ToProto(change.key.day);
  out.set_value(change.value);
  return out;
}

Application ParseApplication(const v1::Application& application) {
  Application out;
  out.institution = OrganisationOf(application.institution());
  out.course = application.course();
  out.applied_on = ParseDay(application.application_date());
  return out;
}

Consent ParseConsent(const v1::Consent& consent) {
  Consent out;
  out.category = CategoryFromProto(consent.category());
  out.recipient = OrganisationOf(consent.recipient());
  out.purpose = PurposeFromProto(consent.purpose());
  out.valid_from = ParseDay(consent.start_date());
  out.valid_until = ParseDay(consent.end_date());
  out.given_by = FromProto<Person>(consent.given_by());
  out.given_on = ParseDay(consent.given_date());
  out.evidence = consent.evidence();
  return out;
}

PersonView ParseView(const v1::PersonView& view) {
  PersonView out;
  out.person = FromProto<Person>(view.person());
  out.role = view.role();
  out.seen_on = ParseDay(view.seen_date());
  if (view.opinion() != v1::OPINION_UNSPECIFIED) out.opinion = FromProto<Opinion>(view.opinion());
  out.reason = view.reason();
  out.evidence = view.evidence();
  out.permitted_by_student = view.permitted_by_student();
  return out;
}

FirstYearOutcome ParseFirstYear(const v1::FirstYearOutcome& outcome) {
  FirstYearOutcome out;
  out.count_on = ParseDay(outcome.count_date());
  out.status = FromProto<FirstYearStatus>(outcome.status());
  out.reason = ShortName(v1::FirstYearReason_Name(outcome.reason()), "FIRST_YEAR_REASON_");
  out.destination =
      ShortName(v1::FirstYearDestination_Name(outcome.destination()), "FIRST_YEAR_DESTINATION_");
  return out;
}

}  // namespace vsv::dossiers

#include "services/dossiers/domain/related_rules.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/domain/age_rules.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/course.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/domain/responsibility.h"

#include <algorithm>
#include <utility>

namespace vsv::dossiers {
namespace {

absl::Status CheckGuides(const DossierRow& row, const Asker& asker) {
  if (Guides(row.dossier, asker.organisation)) return absl::OkStatus();
  return errors::RoleRequired("the delivering or the responsible organisation alone does this");
}

absl::Status CheckNotWithdrawn(const DossierRow& row) {
  if (row.dossier.state != DossierState::kWithdrawn) return absl::OkStatus();
  return errors::StateConflict("the dossier is WITHDRAWN", {{"state", "WITHDRAWN"}});
}

absl::StatusOr<Application> FindApplication(const DossierRow& row, const ApplicationId& id) {
  for (const Application& application : row.applications) {
    if (application.id == id) return application;
  }
  return errors::NotFound("APPLICATION");
}

absl::Status CheckInstitution(const Application& application, const Asker& asker) {
  if (application.institution == asker.organisation) return absl::OkStatus();
  return errors::RoleRequired("the institution applied to alone does this");
}

bool HasOtherOpen(const DossierRow& row, const ApplicationId& closed,
                  const OrganisationId* institution) {
  return std::any_of(row.applications.begin(), row.applications.end(),
                     [&](const Application& other) {
                       return other.id != closed && IsOpen(other.state) &&
                              (institution == nullptr || other.institution == *institution);
                     });
}

// The dossier leaves an institution that will not have the pupil.
void RecallFrom(const DossierRow& row, const Asker& asker, const Application& closed,
                DossierChange& change) {
  Dossier& dossier = change.dossier;
  if (!Receives(dossier, closed.institution) || HasOtherOpen(row, closed.id, &closed.institution))
    return;
  const absl::StatusOr<DossierState> next = Next(dossier, Event::kRecall, Actor::kOther);
  if (!next.ok()) return;  // it is not there: rejected
  Enter(dossier, *next, asker.now);
  dossier.receiving.reset();
  dossier.responsible = HasOtherOpen(row, closed.id, nullptr)
                            ? dossier.delivering
                            : ResponsibleWithoutEnrolment(row, asker.today);
  change.recall = Recall{closed.institution, kAllCategories, RecallReason::kNoEnrolment};
}

}  // namespace

absl::StatusOr<DossierChange> RecordApplication(const DossierRow& row, const Asker& asker,
                                                Application application) {
  VSV_RETURN_IF_ERROR(CheckGuides(row, asker));
  VSV_RETURN_IF_ERROR(CheckNotWithdrawn(row));
  for (const Application& other : row.applications) {
    if (IsOpen(other.state) && other.institution == application.institution &&
        other.course == application.course) {
      return errors::AlreadyExists("APPLICATION", "there is an open application for this course");
    }
  }
  VSV_RETURN_IF_ERROR(CheckRoom("applications", row.applications.size(), kMostApplications));
  DossierChange change = BeginChange(row, "CREATE_APPLICATION");
  application.state = ApplicationState::kApplied;
  application.state_on = application.applied_on;
  application.created_at = asker.now;
  change.made = application.id.value();
  change.application = std::move(application);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> OfferPlace(const DossierRow& row, const Asker& asker,
                                         const ApplicationId& id) {
  VSV_ASSIGN_OR_RETURN(const Application application, FindApplication(row, id));
  VSV_RETURN_IF_ERROR(CheckInstitution(application, asker));
  VSV_ASSIGN_OR_RETURN(Application offered, Offer(application, asker.today));
  DossierChange change = BeginChange(row, "OFFER_PLACE");
  change.application = std::move(offered);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> EnrolApplicant(const DossierRow& row, const Asker& asker,
                                             const ApplicationId& id) {
  VSV_ASSIGN_OR_RETURN(const Application application, FindApplication(row, id));
  VSV_RETURN_IF_ERROR(CheckInstitution(application, asker));
  VSV_ASSIGN_OR_RETURN(Application enrolled, Enrol(application, asker.today));
  DossierChange change = BeginChange(row, "ENROL_APPLICANT");
  change.application = std::move(enrolled);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> CloseApplication(const DossierRow& row, const Asker& asker,
                                               const ApplicationId& id, ApplicationState outcome) {
  VSV_ASSIGN_OR_RETURN(const Application application, FindApplication(row, id));
  const bool guides_and_withdraws =
      outcome == ApplicationState::kWithdrawn && Guides(row.dossier, asker.organisation);
  if (!guides_and_withdraws) VSV_RETURN_IF_ERROR(CheckInstitution(application, asker));
  VSV_ASSIGN_OR_RETURN(Application closed, Close(application, outcome, asker.today));
  DossierChange change = BeginChange(row, "CLOSE_APPLICATION");
  RecallFrom(row, asker, closed, change);
  change.application = std::move(closed);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> RecordConsent(const DossierRow& row, const Asker& asker,
                                            Consent consent) {
  VSV_RETURN_IF_ERROR(CheckGuides(row, asker));
  VSV_RETURN_IF_ERROR(CheckNotWithdrawn(row));
  const Person decider = Decider(row.dossier.birth_on, consent.given_on);
  if (consent.given_by != decider) {
    return errors::Precondition("PERSON_NOT_ENTITLED",
                                "a guardian gives consent below 16, the pupil from 16",
                                {{"person", std::string(Name(decider))}});
  }
  VSV_RETURN_IF_ERROR(CheckRoom("consents", row.consents.size(), kMostConsents));
  DossierChange change = BeginChange(row, "RECORD_CONSENT");
  consent.recorded_by = asker.organisation;
  consent.recorded_at = asker.now;
  consent.withdrawn_at.reset();
  change.made = consent.id.value();
  change.consent = std::move(consent);
  return WithCounts(row, asker, std::move(change));
}

absl::StatusOr<DossierChange> WithdrawConsent(const DossierRow& row, const Asker& asker,
                                              const ConsentId& id) {
  const auto found = std::find_if(row.consents.begin(), row.consents.end(),
                                  [&](const Consent& consent) { return consent.id == id; });
  if (found == row.consents.end()) return errors::NotFound("CONSENT");
  const OrganisationId& who = asker.organisation;
  const bool concerned = who == found->recorded_by || who == found->recipient;
  if (!concerned) {
    // Somebody else's consent is not even there for who may see neither it nor what persons said.
    if (!row.granted.Contains(Category::kView)) return errors::NotFound("CONSENT");
    VSV_RETURN_IF_ERROR(CheckGuides(row, asker));
  }
  if (found->withdrawn_at.has_value()) {
    return errors::Precondition("CONSENT_WITHDRAWN", "the consent was withdrawn before");
  }
  DossierChange change = BeginChange(row, "WITHDRAW_CONSENT");
  change.consent = *found;
  change.consent->withdrawn_at = asker.now;
  change.recall =
      Recall{found->recipient, CategorySet{found->category}, RecallReason::kConsentWithdrawn};
  return WithCounts(row, asker, std::move(change));
}

bool IsCountDate(absl::CivilDay day, int school_year) {
  return day == absl::CivilDay(school_year + 1, 11, 1) ||
         day == absl::CivilDay(school_year + 2, 10, 1);
}

absl::StatusOr<DossierChange> RecordFirstYear(const DossierRow& row, const Asker& asker,
                                              FirstYearOutcome outcome) {
  if (!Receives(row.dossier, asker.organisation)) {
    return errors::RoleRequired("the receiving institution alone does this");
  }
  if (row.dossier.state != DossierState::kAccepted &&
      row.dossier.state != DossierState::kProcessed) {
    return errors::StateConflict(
        "the dossier was not accepted",
        {{"state", std::string(Name(row.dossier.state))}, {"needed", "ACCEPTED,PROCESSED"}});
  }
  if (!IsCountDate(outcome.count_on, row.dossier.school_year) || outcome.count_on > asker.today) {
    return errors::FieldInvalid(
        "outcome.count_date",
        "1 November of the first mbo year or 1 October of the next, not in the future");
  }
  DossierChange change = BeginChange(row, "RECORD_FIRST_YEAR_OUTCOME");
  outcome.recorded_at = asker.now;
  change.first_year = std::move(outcome);
  return WithCounts(row, asker, std::move(change));
}

}  // namespace vsv::dossiers

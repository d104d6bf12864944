#include "services/dossiers/domain/related_rules.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

using testing::ApplicationAt;
using testing::AskerOf;
using testing::RowIn;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using enum DossierState;

const ApplicationId kId("application-1");

DossierRow WithApplication(ApplicationState state, DossierState dossier = kAgreed) {
  DossierRow row = RowIn(dossier);
  row.applications = {ApplicationAt("mbo", state)};
  return row;
}

TEST(Applications, FollowTheirCourseAndNoOther) {
  using enum ApplicationState;
  for (const ApplicationState state :
       {kApplied, kOffered, kEnrolled, kNoEnrolment, ApplicationState::kWithdrawn}) {
    SCOPED_TRACE(std::string(Name(state)));
    const DossierRow row = WithApplication(state);
    const Asker mbo = AskerOf("mbo");
    const bool undecided = state == kApplied || state == kOffered;
    EXPECT_EQ(OfferPlace(row, mbo, kId).ok(), state == kApplied);
    EXPECT_EQ(EnrolApplicant(row, mbo, kId).ok(), state == kOffered);
    EXPECT_EQ(CloseApplication(row, mbo, kId, kNoEnrolment).ok(), undecided);
    EXPECT_EQ(CloseApplication(row, mbo, kId, ApplicationState::kWithdrawn).ok(), undecided);
  }
}

TEST(Applications, AreDecidedByTheInstitutionAlone) {
  const DossierRow row = WithApplication(ApplicationState::kApplied);
  EXPECT_THAT(OfferPlace(row, AskerOf("school"), kId), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(CloseApplication(row, AskerOf("school"), kId, ApplicationState::kNoEnrolment),
              HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(CloseApplication(row, AskerOf("school"), kId, ApplicationState::kWithdrawn), IsOk());
  EXPECT_THAT(OfferPlace(row, AskerOf("mbo"), ApplicationId("another")),
              HasReason("APPLICATION_NOT_FOUND"));
}

TEST(Applications, AreNotMadeTwiceForTheSameCourse) {
  const DossierRow row = WithApplication(ApplicationState::kOffered);
  Application again = ApplicationAt("mbo", ApplicationState::kApplied, "application-2");
  EXPECT_THAT(RecordApplication(row, AskerOf("school"), again), HasReason("APPLICATION_EXISTS"));
  again.course = "Timmerman";
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           RecordApplication(row, AskerOf("school"), again));
  EXPECT_EQ(change.made, "application-2");
}

TEST(Applications, AreRefusedWhereADossierHasAsManyAsItMay) {
  DossierRow row = WithApplication(ApplicationState::kNoEnrolment);
  row.applications.resize(kMostApplications - 1, row.applications.front());
  const Application more = ApplicationAt("mbo", ApplicationState::kApplied, "another");
  EXPECT_THAT(RecordApplication(row, AskerOf("school"), more), IsOk());
  row.applications.resize(kMostApplications, row.applications.front());
  EXPECT_THAT(RecordApplication(row, AskerOf("school"), more), HasReason("DOSSIER_FULL"));
}

TEST(CloseApplication, RecallsTheDossierAndTheOfficeOfResidenceBecomesResponsible) {
  const DossierRow row = WithApplication(ApplicationState::kOffered, kAccepted);
  VSV_ASSERT_OK_AND_ASSIGN(
      const DossierChange change,
      CloseApplication(row, AskerOf("mbo"), kId, ApplicationState::kNoEnrolment));
  EXPECT_EQ(change.dossier.state, kAgreed);
  EXPECT_EQ(change.dossier.receiving, std::nullopt);
  EXPECT_EQ(change.dossier.responsible, OrganisationId("attendance"));
  ASSERT_TRUE(change.recall.has_value());
  EXPECT_EQ(change.recall->reason, RecallReason::kNoEnrolment);
}

TEST(CloseApplication, FromEighteenTheRmcOfficeBecomesResponsible) {
  DossierRow row = WithApplication(ApplicationState::kOffered, kAccepted);
  row.dossier.birth_on = absl::CivilDay(2008, 5, 11);
  VSV_ASSERT_OK_AND_ASSIGN(
      const DossierChange change,
      CloseApplication(row, AskerOf("mbo"), kId, ApplicationState::kNoEnrolment));
  EXPECT_EQ(change.dossier.responsible, OrganisationId("rmc"));
}

TEST(CloseApplication, WithAnotherOneOpenElsewhereTheSenderIsResponsible) {
  DossierRow row = WithApplication(ApplicationState::kOffered, kSent);
  row.applications.push_back(
      ApplicationAt("other-mbo", ApplicationState::kApplied, "application-2"));
  VSV_ASSERT_OK_AND_ASSIGN(
      const DossierChange change,
      CloseApplication(row, AskerOf("mbo"), kId, ApplicationState::kNoEnrolment));
  EXPECT_EQ(change.dossier.state, kAgreed);
  EXPECT_EQ(change.dossier.responsible, OrganisationId("school"));
}

TEST(CloseApplication, LeavesTheDossierWhereAnotherApplicationOfTheSameInstitutionIsOpen) {
  DossierRow row = WithApplication(ApplicationState::kOffered, kAccepted);
  row.applications.push_back(ApplicationAt("mbo", ApplicationState::kEnrolled, "application-2"));
  VSV_ASSERT_OK_AND_ASSIGN(
      const DossierChange change,
      CloseApplication(row, AskerOf("mbo"), kId, ApplicationState::kNoEnrolment));
  EXPECT_EQ(change.dossier.state, kAccepted);
  EXPECT_FALSE(change.recall.has_value());
}

Consent ConsentBy(Person person) {
  Consent consent;
  consent.id = ConsentId("consent-1");
  consent.category = Category::kExtraCare;
  consent.recipient = OrganisationId("mbo");
  consent.given_by = person;
  consent.given_on = absl::CivilDay(2026, 5, 1);
  consent.valid_from = absl::CivilDay(2026, 5, 1);
  consent.valid_until = absl::CivilDay(2026, 12, 31);
  return consent;
}

TEST(RecordConsent, IsThePupilsToGiveFromSixteenAndTheGuardiansBefore) {
  DossierRow row = RowIn(kAgreed);
  EXPECT_THAT(RecordConsent(row, AskerOf("school"), ConsentBy(Person::kPupil)), IsOk());
  EXPECT_THAT(RecordConsent(row, AskerOf("school"), ConsentBy(Person::kGuardian)),
              HasReason("PERSON_NOT_ENTITLED"));
  row.dossier.birth_on = absl::CivilDay(2010, 5, 2);  // turned 16 the day after it was given
  EXPECT_THAT(RecordConsent(row, AskerOf("school"), ConsentBy(Person::kGuardian)), IsOk());
}

TEST(RecordConsent, IsRefusedWhereADossierHasAsManyAsItMay) {
  DossierRow row = RowIn(kAgreed);
  row.consents.resize(kMostConsents - 1);
  EXPECT_THAT(RecordConsent(row, AskerOf("school"), ConsentBy(Person::kPupil)), IsOk());
  row.consents.resize(kMostConsents);
  EXPECT_THAT(RecordConsent(row, AskerOf("school"), ConsentBy(Person::kPupil)),
              HasReason("DOSSIER_FULL"));
}

TEST(RecordConsent, IsNotTheRecipientsToRecordBeforeItIsResponsible) {
  EXPECT_THAT(RecordConsent(RowIn(kSent), AskerOf("mbo"), ConsentBy(Person::kPupil)),
              HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(RecordConsent(RowIn(kAccepted), AskerOf("mbo"), ConsentBy(Person::kPupil)), IsOk());
}

TEST(WithdrawConsent, RecallsItsCategoryFromItsRecipientOnce) {
  DossierRow row = RowIn(kAccepted);
  Consent consent = ConsentBy(Person::kPupil);
  consent.recorded_by = OrganisationId("school");
  row.consents = {consent};
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           WithdrawConsent(row, AskerOf("school"), consent.id));
  ASSERT_TRUE(change.recall.has_value());
  EXPECT_EQ(change.recall->categories, CategorySet{Category::kExtraCare});
  EXPECT_EQ(change.recall->holder, OrganisationId("mbo"));
  row.consents = {*change.consent};
  EXPECT_THAT(WithdrawConsent(row, AskerOf("school"), consent.id), HasReason("CONSENT_WITHDRAWN"));
}

TEST(WithdrawConsent, OfSomebodyElseIsNotThereForWhoMaySeeNeither) {
  DossierRow row = RowIn(kAccepted);
  row.consents = {ConsentBy(Person::kPupil)};
  row.granted = {Category::kProcess};
  EXPECT_THAT(WithdrawConsent(row, AskerOf("town"), ConsentId("consent-1")),
              HasReason("CONSENT_NOT_FOUND"));
}

TEST(Consent, CarriesFromItsFirstDayToItsLastAndNotBeyondItsWithdrawal) {
  Consent consent = ConsentBy(Person::kPupil);
  EXPECT_FALSE(Carries(consent, absl::CivilDay(2026, 4, 30)));
  EXPECT_TRUE(Carries(consent, absl::CivilDay(2026, 5, 1)));
  EXPECT_TRUE(Carries(consent, absl::CivilDay(2026, 12, 31)));
  EXPECT_FALSE(Carries(consent, absl::CivilDay(2027, 1, 1)));
  consent.withdrawn_at = absl::UnixEpoch();
  EXPECT_FALSE(Carries(consent, absl::CivilDay(2026, 5, 1)));
}

TEST(FirstYear, IsRecordedByTheInstitutionOnACountDateThatHasCome) {
  const DossierRow row = RowIn(kProcessed);
  Asker mbo = AskerOf("mbo");
  FirstYearOutcome outcome;
  outcome.count_on = absl::CivilDay(2026, 11, 1);
  EXPECT_THAT(RecordFirstYear(row, mbo, outcome), HasReason("FIELD_INVALID")) << "it has not come";
  mbo.today = absl::CivilDay(2026, 11, 3);
  EXPECT_THAT(RecordFirstYear(row, mbo, outcome), IsOk());
  outcome.count_on = absl::CivilDay(2026, 11, 2);
  EXPECT_THAT(RecordFirstYear(row, mbo, outcome), HasReason("FIELD_INVALID"));
  outcome.count_on = absl::CivilDay(2026, 11, 1);
  EXPECT_THAT(RecordFirstYear(row, AskerOf("school"), outcome), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(RecordFirstYear(RowIn(kSent), mbo, outcome), HasReason("STATE_CONFLICT"));
}

}  // namespace
}  // namespace vsv::dossiers

#include "services/dossiers/domain/dossier_rules.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

using testing::AgreedBy;
using testing::ApplicationAt;
using testing::AskerOf;
using ::testing::ElementsAre;
using testing::RowIn;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using enum DossierState;

const OrganisationId kMbo("mbo");

DossierRow Agreed() {
  DossierRow row = AgreedBy(RowIn(kAgreed), Person::kPupil, Opinion::kAgrees);
  row.applications.push_back(ApplicationAt("mbo", ApplicationState::kApplied));
  return row;
}

TEST(SendDossier, IsRefusedBeforeThePupilHasApplied) {
  DossierRow row = Agreed();
  row.applications = {ApplicationAt("other-mbo", ApplicationState::kApplied),
                      ApplicationAt("mbo", ApplicationState::kWithdrawn)};
  EXPECT_THAT(Send(row, AskerOf("school"), kMbo), HasReason("NO_APPLICATION"));
}

TEST(SendDossier, GoesToTheAddresseeAndStaysTheResponsibilityOfTheSender) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, Send(Agreed(), AskerOf("school"), kMbo));
  EXPECT_EQ(change.dossier.state, kSent);
  EXPECT_EQ(change.dossier.receiving, kMbo);
  EXPECT_EQ(change.dossier.responsible, OrganisationId("school"));
}

TEST(SendDossier, IsRefusedWhenWhoeverDecidesHasNotSeenIt) {
  DossierRow row = Agreed();
  row.views.clear();
  EXPECT_THAT(Send(row, AskerOf("school"), kMbo), HasReason("INSPECTION_MISSING"));
}

TEST(SendDossier, IsNotTheAddresseesToDo) {
  EXPECT_THAT(Send(Agreed(), AskerOf("mbo"), kMbo), HasReason("ROLE_REQUIRED"));
}

TEST(AcceptDossier, MakesTheAddresseeResponsible) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, Accept(RowIn(kSent), AskerOf("mbo")));
  EXPECT_EQ(change.dossier.responsible, kMbo);
  EXPECT_THAT(Accept(RowIn(kSent), AskerOf("school")), HasReason("ROLE_REQUIRED"));
}

TEST(RejectDossier, RecallsTheContentAndKeepsTheReason) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           Reject(RowIn(kSent), AskerOf("mbo"), "INCOMPLETE", "marks missing"));
  EXPECT_EQ(change.dossier.rejection_reason, "INCOMPLETE");
  ASSERT_TRUE(change.recall.has_value());
  EXPECT_EQ(change.recall->holder, kMbo);
  EXPECT_FALSE(change.recall->categories.Contains(Category::kProcess));
}

TEST(WriteDossier, TakesUpARejectedDossierAndItsAddresseeLosesItAltogether) {
  DossierRow row = RowIn(kRejected);
  row.dossier.rejection_reason = "INCOMPLETE";
  WriteCommand command;
  command.sections = {{Category::kSupport, "more"}};
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, Write(row, AskerOf("school"), command));
  EXPECT_EQ(change.dossier.state, kBInProgress);
  EXPECT_EQ(change.dossier.receiving, std::nullopt);
  EXPECT_EQ(change.dossier.rejection_reason, "");
  ASSERT_TRUE(change.recall.has_value());
  EXPECT_EQ(change.recall->categories, kAllCategories);
}

TEST(WriteDossier, OfPartBIsRefusedBeforePartAIsComplete) {
  WriteCommand command;
  command.sections = {{Category::kSupport, "needs"}};
  EXPECT_THAT(Write(RowIn(kAInProgress), AskerOf("school"), command), HasReason("STATE_CONFLICT"));
}

TEST(WriteDossier, NeverTouchesWhatTheWriterMayNotSee) {
  DossierRow row = RowIn(kBInProgress);
  row.granted.Remove(Category::kHealth);
  WriteCommand command;
  command.cleared = {Category::kHealth};
  EXPECT_THAT(Write(row, AskerOf("school"), command), HasReason("ROLE_REQUIRED"));
}

TEST(WriteDossier, MakesAWarmHandoverNeededWhenTheSupportSectionSaysSo) {
  WriteCommand command;
  command.sections = {{Category::kSupport, "needs"}};
  command.handover_needed = true;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           Write(RowIn(kADone), AskerOf("school"), command));
  ASSERT_TRUE(change.handover.has_value());
  EXPECT_EQ(change.handover->state, HandoverState::kNeeded);
  EXPECT_EQ(change.handover->due_on, absl::CivilDay(2026, 7, 31));
}

TEST(WriteDossier, FactsAloneDoNotMoveItAndAreAlsoTheResponsibleOrganisations) {
  WriteCommand command;
  command.residence = MunicipalityCode("GM0344");
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           Write(RowIn(kProcessed), AskerOf("mbo"), command));
  EXPECT_EQ(change.dossier.state, kProcessed);
  EXPECT_EQ(change.dossier.residence, MunicipalityCode("GM0344"));
  EXPECT_THAT(Write(RowIn(kProcessed), AskerOf("town"), command), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(Write(RowIn(kWithdrawn), AskerOf("school"), command), HasReason("STATE_CONFLICT"));
}

TEST(CompletePartA, NeedsBothSectionsOfIt) {
  DossierRow row = RowIn(kAInProgress);
  row.sections = {{Category::kAdministrative, "who"}};
  EXPECT_THAT(CompletePartA(row, AskerOf("school")), HasReason("SECTION_MISSING"));
  row.sections.push_back({Category::kCareer, "marks"});
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, CompletePartA(row, AskerOf("school")));
  EXPECT_EQ(change.dossier.state, kADone);
}

TEST(CompletePartA, GoesOnToPartBWhenThatWasBegunAtCreation) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           CompletePartA(RowIn(kAInProgress), AskerOf("school")));
  EXPECT_EQ(change.dossier.state, kBInProgress);
  EXPECT_TRUE(change.dossier.state_times.contains(kADone));
}

TEST(CompletePartB, MayBeSkippedByALateEntrantAlone) {
  DossierRow row = RowIn(kADone);
  row.sections.resize(2);
  EXPECT_THAT(CompletePartB(row, AskerOf("school")), HasReason("STATE_CONFLICT"));
  row.dossier.late_entrant = true;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, CompletePartB(row, AskerOf("school")));
  EXPECT_EQ(change.dossier.state, kBDone);
}

TEST(RecordView, OfAGuardianOfAnAdultNeedsTheStudent) {
  DossierRow row = RowIn(kBDone);
  row.dossier.birth_on = absl::CivilDay(2008, 1, 1);
  PersonView view;
  view.person = Person::kGuardian;
  view.seen_on = absl::CivilDay(2026, 5, 11);
  EXPECT_THAT(RecordView(row, AskerOf("school"), view), HasReason("PERSON_NOT_ENTITLED"));
  view.permitted_by_student = true;
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, RecordView(row, AskerOf("school"), view));
  EXPECT_EQ(change.dossier.state, kAgreementPending);
}

TEST(RecordView, IsRefusedWhereADossierHasAsManyAsCanBeRead) {
  DossierRow row = RowIn(kAgreementPending);
  row.views.resize(kMostViews - 1);
  const PersonView view{.person = Person::kPupil};
  EXPECT_THAT(RecordView(row, AskerOf("school"), view), IsOk());
  row.views.resize(kMostViews);
  EXPECT_THAT(RecordView(row, AskerOf("school"), view), HasReason("DOSSIER_FULL"));
}

TEST(ConfirmAgreement, LetsADisagreementTravelAlongOnlyWhenToldTo) {
  const DossierRow row = AgreedBy(RowIn(kAgreementPending), Person::kPupil, Opinion::kDisagrees);
  EXPECT_THAT(ConfirmAgreement(row, AskerOf("school"), false), HasReason("DISAGREEMENT"));
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           ConfirmAgreement(row, AskerOf("school"), true));
  EXPECT_EQ(change.dossier.state, kAgreed);
}

TEST(ConfirmAgreement, NeverOverrulesWhoHasNotSeenIt) {
  EXPECT_THAT(ConfirmAgreement(RowIn(kAgreementPending), AskerOf("school"), true),
              HasReason("INSPECTION_MISSING"));
}

TEST(WithdrawDossier, RecallsItFromTheAddressee) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change, Withdraw(RowIn(kSent), AskerOf("school")));
  EXPECT_EQ(change.dossier.receiving, std::nullopt);
  ASSERT_TRUE(change.recall.has_value());
  EXPECT_EQ(change.recall->categories, kAllCategories);
  EXPECT_THAT(Withdraw(RowIn(kAccepted), AskerOf("school")), HasReason("STATE_CONFLICT"));
}

}  // namespace
}  // namespace vsv::dossiers

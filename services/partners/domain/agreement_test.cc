#include "services/partners/domain/agreement.h"

#include "libs/testing/status_matchers.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/region.h"
#include "services/partners/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::partners {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

const absl::CivilDay kToday(2024, 3, 1);

Agreement Draft() {
  return MakeAgreement("convenant", "16", "school", "mbo");
}

auto ViolationOn(const std::string& field) {
  return Contains(Field(&errors::Violation::field, field));
}

TEST(AgreementText, IsConsistent) {
  EXPECT_THAT(CheckConsistency(Draft()), IsEmpty());
}

TEST(AgreementText, NamesAPartyOnce) {
  Agreement agreement = Draft();
  agreement.parties.push_back(agreement.parties[1]);
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.parties[2].organisation"));
}

TEST(AgreementText, HasOneWhoProvidesAndOneWhoReceives) {
  Agreement agreement = Draft();
  agreement.parties[1] = agreement.parties[0];
  agreement.parties[1].organisation = OrganisationId("other");
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.parties"));
}

TEST(AgreementText, GivesNoPartyMoreThanItExchanges) {
  Agreement agreement = Draft();
  agreement.parties[1].data_categories.insert("HEALTH");
  agreement.parties[1].purposes.insert("RMC");
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.parties[1].data_categories"));
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.parties[1].purposes"));
}

TEST(AgreementText, GivesNothingToWhoOnlyProvides) {
  Agreement agreement = Draft();
  agreement.parties[0].data_categories = {"PROCESS"};
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.parties[0].data_categories"));
}

TEST(AgreementText, HasAPartyAsController) {
  Agreement agreement = Draft();
  agreement.controller = OrganisationId("stranger");
  EXPECT_THAT(CheckConsistency(agreement), ViolationOn("agreement.controller"));
}

TEST(Agreement, OpensNothingBeforeItIsSigned) {
  const Agreement draft = Draft();
  EXPECT_FALSE(InForce(draft, kToday));
  const auto in_force = Sign(draft, kToday, kToday);
  VSV_ASSERT_OK(in_force);
  EXPECT_FALSE(InForce(*in_force, kToday - 1));
  EXPECT_TRUE(InForce(*in_force, kToday));
}

TEST(Agreement, IsNotSignedInTheFutureNorTwice) {
  EXPECT_THAT(Sign(Draft(), kToday + 1, kToday), HasReason("FIELD_INVALID"));
  const auto in_force = Sign(Draft(), kToday, kToday);
  VSV_ASSERT_OK(in_force);
  EXPECT_THAT(Sign(*in_force, kToday, kToday), HasReason("STATE_CONFLICT"));
}

TEST(Agreement, OpensNothingFromTheDayOfTermination) {
  const auto in_force = Sign(Draft(), kToday, kToday);
  VSV_ASSERT_OK(in_force);
  EXPECT_THAT(Terminate(*in_force, kToday - 1), HasReason("FIELD_INVALID"));
  const auto ended = Terminate(*in_force, kToday + 10);
  VSV_ASSERT_OK(ended);
  EXPECT_TRUE(InForce(*ended, kToday + 9));
  EXPECT_FALSE(InForce(*ended, kToday + 10));
  EXPECT_THAT(Terminate(*ended, kToday + 11), HasReason("STATE_CONFLICT"));
  EXPECT_THAT(Terminate(*ended, kToday + 10), HasReason("STATE_CONFLICT"));
  EXPECT_THAT(Terminate(*ended, kToday - 1), HasReason("FIELD_INVALID"));
  const auto sooner = Terminate(*ended, kToday + 1);
  VSV_ASSERT_OK(sooner);
  EXPECT_EQ(sooner->terminated_on, kToday + 1);
  EXPECT_THAT(Terminate(Draft(), kToday), HasReason("STATE_CONFLICT"));
}

TEST(Period, HoldsBothItsEnds) {
  const Period period{.from = kToday, .until = kToday + 1};
  EXPECT_FALSE(period.Contains(kToday - 1));
  EXPECT_TRUE(period.Contains(kToday));
  EXPECT_TRUE(period.Contains(kToday + 1));
  EXPECT_FALSE(period.Contains(kToday + 2));
}

TEST(Period, OverlapsWhereADayIsShared) {
  const Period period{.from = kToday, .until = kToday + 1};
  EXPECT_TRUE(period.Overlaps({.from = kToday + 1, .until = std::nullopt}));
  EXPECT_FALSE(period.Overlaps({.from = kToday + 2, .until = std::nullopt}));
  EXPECT_FALSE(period.Overlaps({.from = kToday - 5, .until = kToday - 1}));
}

TEST(Membership, EndsEarlierButNotLaterThanItsEnd) {
  RegionMembership membership =
      MakeMembership(1, "16", "x", {.from = kToday, .until = kToday + 10});
  EXPECT_THAT(End(membership, kToday - 1), HasReason("FIELD_INVALID"));
  EXPECT_THAT(End(membership, kToday + 10), HasReason("STATE_CONFLICT"));
  const auto ended = End(membership, kToday + 5);
  VSV_ASSERT_OK(ended);
  EXPECT_EQ(ended->validity.until, kToday + 5);
}

TEST(ProgrammeRole, NeedsAFittingKind) {
  EXPECT_THAT(
      CheckEligible(ProgrammeRoleKind::kContactMunicipality, OrganisationKind::kMunicipality),
      IsOk());
  EXPECT_THAT(CheckEligible(ProgrammeRoleKind::kCentralMunicipality, OrganisationKind::kRmcOffice),
              HasReason("KIND_NOT_ELIGIBLE"));
  EXPECT_THAT(CheckEligible(ProgrammeRoleKind::kContactSchool, OrganisationKind::kMboInstitution),
              IsOk());
  EXPECT_THAT(CheckEligible(ProgrammeRoleKind::kContactSchool, OrganisationKind::kSchoolBoard),
              HasReason("KIND_NOT_ELIGIBLE"));
  EXPECT_THAT(CheckEligible(ProgrammeRoleKind::kPartner, OrganisationKind::kEmployer), IsOk());
}

TEST(Revocation, HappensOnce) {
  const auto revoked = Revoke(MakeCredential('a', "x"), TestNow());
  VSV_ASSERT_OK(revoked);
  EXPECT_EQ(revoked->revoked_at, TestNow());
  EXPECT_THAT(Revoke(*revoked, TestNow()), HasReason("STATE_CONFLICT"));
  const auto mandate = Revoke(MakeMandate(1, "x", "y"), TestNow());
  VSV_ASSERT_OK(mandate);
  EXPECT_THAT(Revoke(*mandate, TestNow()), HasReason("STATE_CONFLICT"));
}

}  // namespace
}  // namespace vsv::partners

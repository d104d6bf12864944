#include "services/partners/domain/organisation.h"

#include "libs/testing/status_matchers.h"
#include "services/partners/domain/ids.h"

#include "gtest/gtest.h"

namespace vsv::partners {
namespace {

using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

Organisation Municipality() {
  Organisation organisation;
  organisation.kind = OrganisationKind::kMunicipality;
  organisation.identifiers = {{IdentifierScheme::kMunicipalityCode, "GM0307"}};
  return organisation;
}

TEST(OrganisationId, IsASlug) {
  EXPECT_TRUE(IsSlug("roc-midden-nederland"));
  EXPECT_TRUE(IsSlug("a1"));
  for (const char* text : {"", "a", "1a", "-a", "Roc", "roc_mn", "roc/mn", "ro\xc3\xa9"})
    EXPECT_FALSE(IsSlug(text)) << text;
  EXPECT_TRUE(IsSlug(std::string(63, 'a')));
  EXPECT_FALSE(IsSlug(std::string(64, 'a')));
}

TEST(Thumbprint, IsLowerCaseHexOfASha256) {
  EXPECT_TRUE(IsThumbprint(std::string(64, 'f')));
  EXPECT_FALSE(IsThumbprint(std::string(64, 'F')));
  EXPECT_FALSE(IsThumbprint(std::string(63, 'f')));
}

TEST(ParentKind, OfACollegeIsAnInstitutionAndOfATeamACollege) {
  EXPECT_THAT(CheckParentKind(OrganisationKind::kMboCollege, OrganisationKind::kMboInstitution),
              IsOk());
  EXPECT_THAT(CheckParentKind(OrganisationKind::kMboCollege, std::nullopt),
              HasReason("PARENT_INVALID"));
  EXPECT_THAT(CheckParentKind(OrganisationKind::kMboTeam, OrganisationKind::kMboInstitution),
              HasReason("PARENT_INVALID"));
  EXPECT_THAT(CheckParentKind(OrganisationKind::kMboTeam, OrganisationKind::kMboCollege), IsOk());
}

TEST(ParentKind, IsFreeForOthers) {
  EXPECT_THAT(CheckParentKind(OrganisationKind::kVoSchool, OrganisationKind::kSchoolBoard), IsOk());
  EXPECT_THAT(CheckParentKind(OrganisationKind::kRmcOffice, std::nullopt), IsOk());
}

TEST(Suspension, IsToldAndTakenBack) {
  const Organisation active = Municipality();
  const auto suspended = Suspend(active, "contract ended");
  VSV_ASSERT_OK(suspended);
  EXPECT_EQ(suspended->status, OrganisationStatus::kSuspended);
  EXPECT_EQ(suspended->suspension_reason, "contract ended");
  const auto reinstated = Reinstate(*suspended);
  VSV_ASSERT_OK(reinstated);
  EXPECT_EQ(*reinstated, active);
}

TEST(Suspension, IsNotRepeated) {
  const auto suspended = Suspend(Municipality(), "contract ended");
  VSV_ASSERT_OK(suspended);
  EXPECT_THAT(Suspend(*suspended, "again"), HasReason("STATE_CONFLICT"));
  EXPECT_THAT(Reinstate(Municipality()), HasReason("STATE_CONFLICT"));
}

TEST(Update, TouchesOnlyWhatItNames) {
  Organisation current = Municipality();
  current.display_name = "Oud";
  OrganisationUpdate update;
  update.values.display_name = "Nieuw";
  update.values.parent = OrganisationId("x");
  update.display_name = true;
  const auto next = Update(current, update);
  VSV_ASSERT_OK(next);
  EXPECT_EQ(next->display_name, "Nieuw");
  EXPECT_TRUE(next->parent.empty());
  EXPECT_EQ(next->identifiers, current.identifiers);
}

TEST(Update, LeavesAMunicipalityItsCode) {
  OrganisationUpdate update;
  update.identifiers = true;
  EXPECT_THAT(Update(Municipality(), update), HasReason("FIELD_INVALID"));
}

}  // namespace
}  // namespace vsv::partners

// Who may have what: relation x rule x agreement x consent x purpose, judged by the statements.
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/storage/test_world.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>

namespace vsv::dossiers {
namespace {

constexpr CategorySet kNothing;
constexpr CategorySet kAgreed = {Category::kProcess, Category::kAdministrative};
constexpr CategorySet kLegalList = kAllCategories.Minus(kConsentOnly);

class Basis : public ::testing::Test {
 protected:
  // What the organisation gets of the dossier; nothing when it does not exist for it.
  CategorySet Granted(const DossierId& id, absl::string_view organisation,
                      Purpose purpose = Purpose::kTransition) {
    return Granted(id, world_.As(organisation, purpose));
  }

  CategorySet Granted(const DossierId& id, const Asker& asker) {
    const absl::StatusOr<DossierRow> row = world_.Get(asker, id);
    if (row.ok()) {
      for (const Section& section : row->sections) {
        EXPECT_TRUE(row->granted.Contains(section.category)) << section.document;
      }
      return row->granted;
    }
    EXPECT_THAT(row, testing::HasReason("DOSSIER_NOT_FOUND"));
    return kNothing;
  }

  void Register(const std::string& sql) { world_.db().Superuser(sql + "; SELECT 1"); }

  TestWorld world_;
};

TEST_F(Basis, TheMakerHasEverythingAndOtherSchoolsNothing) {
  const DossierId id = world_.Create("999900001").dossier.id;
  EXPECT_EQ(Granted(id, "school"), kAllCategories);
  EXPECT_EQ(Granted(id, "school", Purpose::kSupport), kAllCategories);
  EXPECT_EQ(Granted(id, "school", Purpose::kCompulsoryEducation), kNothing);
  EXPECT_EQ(Granted(id, "other-school"), kNothing);
  EXPECT_EQ(Granted(id, "board"), kNothing);
}

TEST_F(Basis, TheAddresseeHasTheLegalListFromTheSendingOn) {
  const DossierId applied = world_.ReadyToSend("999900001").dossier.id;
  EXPECT_EQ(Granted(applied, "mbo"), kNothing) << "nobody is selected at the gate";
  const DossierId sent = world_.Sent("999900002").dossier.id;
  EXPECT_EQ(Granted(sent, "mbo"), kLegalList);
  EXPECT_EQ(Granted(sent, "other-mbo"), kNothing);
}

TEST_F(Basis, ExtraCareGoesAlongOnConsentUntilItIsWithdrawn) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const ConsentId consent =
      world_.GiveConsent(id, "mbo", Category::kExtraCare, Purpose::kTransition);
  EXPECT_EQ(Granted(id, "mbo"), kLegalList.Union({Category::kExtraCare}));
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  EXPECT_EQ(Granted(id, "mbo"), kLegalList);
}

TEST_F(Basis, AConsentIsNoWayPastTheApplication) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  world_.GiveConsent(id, "mbo", Category::kExtraCare, Purpose::kTransition);
  world_.GiveConsent(id, "mbo", Category::kSupport, Purpose::kSupport);
  EXPECT_EQ(Granted(id, "mbo"), kNothing);
  EXPECT_EQ(Granted(id, "mbo", Purpose::kSupport), kNothing);
}

TEST_F(Basis, AConsentNamesCategoryRecipientPurposeAndPeriod) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const CategorySet named = {Category::kProcess, Category::kSupport};
  EXPECT_EQ(Granted(id, "care", Purpose::kSupport), named);
  EXPECT_EQ(Granted(id, "care", Purpose::kTransition), kNothing);
  EXPECT_EQ(Granted(id, "other-mbo", Purpose::kSupport), kNothing);
  Asker later = world_.As("care", Purpose::kSupport);
  later.today += 365;
  EXPECT_EQ(Granted(id, later), named) << "the last day is inclusive";
  later.today += 1;
  EXPECT_EQ(Granted(id, later), kNothing);
}

TEST_F(Basis, ResidenceNeedsAnAgreementOfTheRegionForThePurpose) {
  const DossierId id = world_.Create("999900001").dossier.id;
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kAgreed);
  EXPECT_EQ(Granted(id, "rmc", Purpose::kRmc), kAgreed);
  EXPECT_EQ(Granted(id, "attendance", Purpose::kCompulsoryEducation), kAgreed);
  EXPECT_EQ(Granted(id, "town", Purpose::kCompulsoryEducation), kNothing) << "not agreed";
  EXPECT_EQ(Granted(id, "far-town", Purpose::kRmc), kNothing) << "lives elsewhere";
  EXPECT_EQ(Granted(id, "far-rmc", Purpose::kRmc), kNothing);
  const DossierId unbound = world_.Create("999900002", "other-school").dossier.id;
  EXPECT_EQ(Granted(unbound, "town", Purpose::kRmc), kNothing) << "its school is no party";
}

TEST_F(Basis, AnAgreementCountsOnlyWhileInForceAndOfTheRegion) {
  const DossierId id = world_.Create("999900001").dossier.id;
  Register("UPDATE directory_agreements SET validity = '[2020-01-01,2020-12-31]'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing);
  Register("UPDATE directory_agreements SET validity = 'empty'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing);
  Register("UPDATE directory_agreements SET validity = '[2020-01-01,)', region_id = '19'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing);
  Register("UPDATE directory_agreements SET region_id = '16', legal_basis = 'CONSENT'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing) << "it only opens the way";
  Register("UPDATE directory_agreements SET legal_basis = 'PUBLIC_TASK'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kAgreed);
}

TEST_F(Basis, AnAgreementCoversTheCategoriesItNames) {
  const DossierId id = world_.Create("999900001").dossier.id;
  Register("UPDATE directory_agreement_parties SET data_categories = '{PROCESS}'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), CategorySet({Category::kProcess}));
  Register("UPDATE directory_agreement_parties SET data_categories = '{ADMINISTRATIVE}'");
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing) << "nothing exists without PROCESS";
}

TEST_F(Basis, ASuspendedOrganisationHasNothing) {
  const DossierId id = world_.Create("999900001").dossier.id;
  Register("UPDATE directory_organisations SET status = 'SUSPENDED'");
  EXPECT_EQ(Granted(id, "school"), kNothing);
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing);
}

TEST_F(Basis, WhoMovesLeavesTheOldMunicipality) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const Asker school = world_.As("school");
  VSV_ASSERT_OK(world_.Mutate(school, id, [&](const DossierRow& row) {
    WriteCommand move;
    move.residence = MunicipalityCode("GM0344");
    return Write(row, school, move);
  }));
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kNothing);
  EXPECT_EQ(Granted(id, "far-town", Purpose::kRmc), kNothing) << "no agreement with this region";
}

TEST_F(Basis, SupportGoesToTheMunicipalityOnABasisOfItsOwn) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "town", Category::kSupport, Purpose::kRmc);
  EXPECT_EQ(Granted(id, "town", Purpose::kRmc), kAgreed.Union({Category::kSupport}));
  EXPECT_EQ(Granted(id, "rmc", Purpose::kRmc), kAgreed);
}

TEST_F(Basis, OnlyTheRelationsOfTheMethodCount) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  Asker mbo = world_.As("mbo");
  mbo.relations = {Relation::kDelivering, Relation::kMunicipalityOfResidence};
  EXPECT_EQ(Granted(id, mbo), kNothing);
}

TEST_F(Basis, RulesHaveDates) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  Asker early = world_.As("mbo");
  early.today = absl::CivilDay(2020, 7, 31);
  EXPECT_EQ(Granted(id, early), kNothing) << "the transfer on law is of 2020-08-01";
  early.today += 1;
  EXPECT_EQ(Granted(id, early), kLegalList);
  Register(
      "UPDATE basis_rules SET valid_to = '2020-09-01' WHERE relation = 'RECEIVING' AND "
      "category = 'ABSENCE'");
  CategorySet without_absence = kLegalList;
  without_absence.Remove(Category::kAbsence);
  EXPECT_EQ(Granted(id, "mbo"), without_absence);
}

TEST_F(Basis, TheBirthDateLeavesWithAdministrativeAlone) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow row,
                           world_.Get(world_.As("care", Purpose::kSupport), id));
  EXPECT_EQ(row.dossier.birth_on, absl::CivilDay());
  EXPECT_EQ(row.pgn, std::nullopt);
}

}  // namespace
}  // namespace vsv::dossiers

#include "services/dossiers/domain/agreement.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/age_rules.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

using testing::AgreedBy;
using testing::RowIn;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

constexpr absl::CivilDay kDay(2026, 5, 11);
constexpr absl::CivilDay kFifteen(2010, 5, 12);  // turns 16 tomorrow
constexpr absl::CivilDay kSixteen(2010, 5, 11);  // turned 16 today
constexpr absl::CivilDay kSeventeen(2008, 5, 12);
constexpr absl::CivilDay kEighteen(2008, 5, 11);

DossierRow Born(absl::CivilDay birth) {
  DossierRow row = RowIn(DossierState::kAgreementPending);
  row.dossier.birth_on = birth;
  return row;
}

TEST(AgeRules, AGuardianDecidesUntilTheDayBeforeTheSixteenthBirthday) {
  EXPECT_EQ(Decider(kFifteen, kDay), Person::kGuardian);
  EXPECT_EQ(Decider(kSixteen, kDay), Person::kPupil);
}

TEST(AgeRules, FromTheEighteenthBirthdayAGuardianSeesNothingWithoutTheStudent) {
  EXPECT_TRUE(GuardianMaySee(kSeventeen, kDay, false));
  EXPECT_FALSE(GuardianMaySee(kEighteen, kDay, false));
  EXPECT_TRUE(GuardianMaySee(kEighteen, kDay, true));
}

TEST(AgeRules, TheAttendanceOfficeIsInChargeUntilTheDayBeforeTheEighteenthBirthday) {
  EXPECT_TRUE(IsUnderAttendanceLaw(kSeventeen, kDay));
  EXPECT_FALSE(IsUnderAttendanceLaw(kEighteen, kDay));
  constexpr absl::CivilDay kLeap(2008, 2, 29);
  EXPECT_TRUE(IsUnderAttendanceLaw(kLeap, absl::CivilDay(2026, 2, 28)));
  EXPECT_FALSE(IsUnderAttendanceLaw(kLeap, absl::CivilDay(2026, 3, 1)));
  EXPECT_EQ(Decider(kLeap, absl::CivilDay(2024, 2, 28)), Person::kGuardian);
  EXPECT_EQ(Decider(kLeap, absl::CivilDay(2024, 2, 29)), Person::kPupil);
}

TEST(Agreement, NeedsThatWhoeverDecidesHasSeenIt) {
  EXPECT_THAT(CheckAgreement(Born(kSixteen), kDay), HasReason("INSPECTION_MISSING"));
  EXPECT_THAT(
      CheckAgreement(AgreedBy(Born(kSixteen), Person::kGuardian, Opinion::kAgrees, "mother"), kDay),
      HasReason("INSPECTION_MISSING"));
  EXPECT_THAT(CheckAgreement(AgreedBy(Born(kFifteen), Person::kPupil, Opinion::kAgrees), kDay),
              HasReason("INSPECTION_MISSING"));
}

TEST(Agreement, SeenIsNotYetAgreed) {
  const DossierRow row = AgreedBy(Born(kSixteen), Person::kPupil, Opinion::kUnknown);
  EXPECT_THAT(CheckInspection(row, kDay), IsOk());
  EXPECT_THAT(CheckAgreement(row, kDay), HasReason("AGREEMENT_MISSING"));
}

TEST(Agreement, ARefusalOfAGuardianDoesNotBlockThePupilOfSixteen) {
  DossierRow row = AgreedBy(Born(kSixteen), Person::kGuardian, Opinion::kDisagrees, "father");
  row = AgreedBy(row, Person::kPupil, Opinion::kAgrees);
  EXPECT_THAT(CheckAgreement(row, kDay), IsOk());
}

TEST(Agreement, BelowSixteenOneGuardianAgainstItIsADisagreement) {
  DossierRow row = AgreedBy(Born(kFifteen), Person::kGuardian, Opinion::kAgrees, "mother");
  EXPECT_THAT(CheckAgreement(row, kDay), IsOk());
  row = AgreedBy(row, Person::kGuardian, Opinion::kDisagrees, "father");
  EXPECT_THAT(CheckAgreement(row, kDay), HasReason("DISAGREEMENT"));
}

TEST(Agreement, TheLatestWordOfAPersonCounts) {
  DossierRow row = AgreedBy(Born(kSixteen), Person::kPupil, Opinion::kDisagrees);
  EXPECT_THAT(CheckAgreement(row, kDay), HasReason("DISAGREEMENT"));
  EXPECT_THAT(CheckAgreement(AgreedBy(row, Person::kPupil, Opinion::kAgrees), kDay), IsOk());
}

TEST(Agreement, WhatWasSaidOfAnEarlierContentDoesNotCount) {
  DossierRow row = AgreedBy(Born(kSixteen), Person::kPupil, Opinion::kAgrees);
  row.dossier.state_times[DossierState::kBDone] = row.views.front().recorded_at + absl::Seconds(1);
  EXPECT_THAT(CheckAgreement(row, kDay), HasReason("INSPECTION_MISSING"));
}

}  // namespace
}  // namespace vsv::dossiers

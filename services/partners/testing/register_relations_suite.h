// What organisations are to one another and to regions: memberships, roles, agreements,
// certificates, mandates, the offices of a municipality.
#pragma once

#include "services/partners/testing/register_suite.h"

#include <string>

namespace vsv::partners {

template <typename Backend>
class RegisterRelationsSuite : public RegisterSuite<Backend> {};

TYPED_TEST_SUITE_P(RegisterRelationsSuite);

TYPED_TEST_P(RegisterRelationsSuite, HasAMunicipalityInOneRegionAtATime) {
  this->SetUpField();
  const Period until_2023{.from = absl::CivilDay(2021, 1, 1),
                          .until = absl::CivilDay(2023, 12, 31)};
  const Period since_2024{.from = absl::CivilDay(2024, 1, 1), .until = std::nullopt};
  auto& memberships = this->stores_.memberships;
  VSV_ASSERT_OK(this->Put(memberships, MakeMembership(1, "16", "city", until_2023)));
  EXPECT_THAT(this->Put(memberships, MakeMembership(2, "19", "city", until_2023)),
              HasReason("PERIOD_OVERLAPS"));
  EXPECT_THAT(this->Put(memberships, MakeMembership(3, "19", "city", since_2024)), IsOk());
  VSV_ASSERT_OK(this->Put(memberships, MakeMembership(4, "16", "mbo", until_2023)));
  EXPECT_THAT(this->Put(memberships, MakeMembership(5, "19", "mbo", until_2023)), IsOk());
  EXPECT_THAT(this->Put(memberships, MakeMembership(6, "16", "mbo", until_2023)),
              HasReason("PERIOD_OVERLAPS"));
  EXPECT_THAT(this->Put(memberships, MakeMembership(7, "40", "mbo", until_2023)),
              HasReason("REGION_NOT_FOUND"));
  EXPECT_THAT(this->Put(memberships, MakeMembership(8, "16", "nobody", until_2023)),
              HasReason("ORGANISATION_NOT_FOUND"));
}

TYPED_TEST_P(RegisterRelationsSuite, EndsAMembership) {
  this->SetUpField();
  VSV_ASSERT_OK(
      this->Put(this->stores_.memberships, MakeMembership(1, "16", "city", this->since_2021_)));
  const auto end = this->template ChangeOf<RegionMembership>(
      {"16", TestUuid(1)},
      [](const RegionMembership& current) { return End(current, absl::CivilDay(2023, 12, 31)); });
  const auto ended = this->stores_.memberships.Change({end}, this->Deadline())[0];
  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->validity.until, absl::CivilDay(2023, 12, 31));
  MembershipQuery query;
  query.page.limit = 10;
  query.day = absl::CivilDay(2024, 1, 1);
  EXPECT_THAT(this->stores_.memberships.List(query, this->Deadline()), IsOkAndHolds(IsEmpty()));
  query.day = absl::CivilDay(2023, 12, 31);
  EXPECT_THAT(this->stores_.memberships.List(query, this->Deadline()),
              IsOkAndHolds(ElementsAre(*ended)));
}

TYPED_TEST_P(RegisterRelationsSuite, GivesProgrammeRolesToFittingKinds) {
  this->SetUpField();
  auto& roles = this->stores_.programme_roles;
  const ProgrammeRole contact = MakeProgrammeRole(
      1, "16", "city", ProgrammeRoleKind::kContactMunicipality, this->since_2021_);
  EXPECT_THAT(this->Put(roles, contact), IsOkAndHolds(contact));
  EXPECT_THAT(
      this->Put(roles, MakeProgrammeRole(2, "16", "city", ProgrammeRoleKind::kContactMunicipality,
                                         this->since_2021_)),
      HasReason("PERIOD_OVERLAPS"));
  EXPECT_THAT(
      this->Put(roles, MakeProgrammeRole(3, "16", "mbo", ProgrammeRoleKind::kContactMunicipality,
                                         this->since_2021_)),
      HasReason("KIND_NOT_ELIGIBLE"));
  ProgrammeRoleQuery query;
  query.page.limit = 10;
  query.kind = ProgrammeRoleKind::kContactMunicipality;
  EXPECT_THAT(roles.List(query, this->Deadline()), IsOkAndHolds(ElementsAre(contact)));
  query.kind = ProgrammeRoleKind::kPartner;
  EXPECT_THAT(roles.List(query, this->Deadline()), IsOkAndHolds(IsEmpty()));
}

TYPED_TEST_P(RegisterRelationsSuite, KeepsAgreementsThroughTheirStates) {
  this->SetUpField();
  auto& agreements = this->stores_.agreements;
  const Agreement draft = MakeAgreement("convenant", "16", "school", "mbo");
  EXPECT_THAT(this->Put(agreements, draft), IsOkAndHolds(draft));
  EXPECT_THAT(this->Put(agreements, draft), HasReason("AGREEMENT_EXISTS"));
  EXPECT_THAT(this->Put(agreements, MakeAgreement("other", "16", "school", "nobody")),
              HasReason("ORGANISATION_NOT_FOUND"));
  AgreementQuery query;
  query.page.limit = 10;
  query.day = absl::CivilDay(2024, 3, 1);
  EXPECT_THAT(agreements.List(query, this->Deadline()), IsOkAndHolds(IsEmpty()));
  const auto sign =
      this->template ChangeOf<Agreement>({"", "convenant"}, [](const Agreement& current) {
        return Sign(current, absl::CivilDay(2024, 3, 1), absl::CivilDay(2024, 3, 1));
      });
  const auto in_force = agreements.Change({sign}, this->Deadline())[0];
  ASSERT_THAT(in_force, IsOk());
  query.party = OrganisationId("mbo");
  EXPECT_THAT(agreements.List(query, this->Deadline()), IsOkAndHolds(ElementsAre(*in_force)));
  query.party = OrganisationId("rmc");
  EXPECT_THAT(agreements.List(query, this->Deadline()), IsOkAndHolds(IsEmpty()));
}

TYPED_TEST_P(RegisterRelationsSuite, RegistersACertificateOnceAndOnlyUnderAnOin) {
  this->SetUpField();
  auto& credentials = this->stores_.credentials;
  EXPECT_THAT(this->Put(credentials, MakeCredential('a', "rmc")),
              IsOk());  // under the OIN of the city
  EXPECT_THAT(this->Put(credentials, MakeCredential('a', "school")),
              HasReason("CREDENTIAL_EXISTS"));
  EXPECT_THAT(this->Put(credentials, MakeCredential('b', "mbo")), HasReason("OIN_MISSING"));
  const auto revoke = this->template ChangeOf<Credential>(
      {"rmc", std::string(64, 'a')},
      [](const Credential& current) { return Revoke(current, TestNow()); });
  const auto revoked = credentials.Change({revoke}, this->Deadline())[0];
  ASSERT_THAT(revoked, IsOk());
  EXPECT_EQ(revoked->revoked_at, TestNow());
  CredentialQuery query;
  query.page.limit = 10;
  EXPECT_THAT(credentials.List(query, this->Deadline()), IsOkAndHolds(ElementsAre(*revoked)));
  query.day = absl::CivilDay(2024, 3, 1);
  EXPECT_THAT(credentials.List(query, this->Deadline()), IsOkAndHolds(IsEmpty()));
  // A credential of another organisation is none of this one's.
  EXPECT_THAT(credentials.Get({{"school", std::string(64, 'a')}}, this->Deadline())[0],
              HasReason("CREDENTIAL_NOT_FOUND"));
}

TYPED_TEST_P(RegisterRelationsSuite, GivesMandatesBetweenActiveOrganisations) {
  this->SetUpField();
  VSV_ASSERT_OK(this->PutOrganisation("supplier", OrganisationKind::kOther));
  const Mandate mandate = MakeMandate(1, "school", "supplier");
  EXPECT_THAT(this->Put(this->stores_.mandates, mandate), IsOkAndHolds(mandate));
  const auto suspend = this->template ChangeOf<Organisation>(
      {"", "supplier"},
      [](const Organisation& current) { return Suspend(current, "contract ended"); });
  VSV_ASSERT_OK(this->stores_.organisations.Change({suspend}, this->Deadline())[0]);
  EXPECT_THAT(this->Put(this->stores_.mandates, MakeMandate(2, "city", "supplier")),
              HasReason("ORGANISATION_SUSPENDED"));
  MandateQuery query;
  query.page.limit = 10;
  query.supplier = OrganisationId("supplier");
  EXPECT_THAT(this->stores_.mandates.List(query, this->Deadline()),
              IsOkAndHolds(ElementsAre(mandate)));
}

TYPED_TEST_P(RegisterRelationsSuite, FindsTheOfficesOfAMunicipalityOnADay) {
  this->SetUpField();
  VSV_ASSERT_OK(this->PutOrganisation("attendance-region", OrganisationKind::kAttendanceOffice));
  for (const char* id : {"city", "rmc", "attendance-region"}) {
    VSV_ASSERT_OK(this->Put(this->stores_.memberships,
                            MakeMembership(++this->requests_, "16", id, this->since_2021_)));
  }
  const absl::CivilDay day(2024, 3, 1);
  auto residence = this->stores_.residences.Resolve("GM0307", day, this->Deadline());
  ASSERT_THAT(residence, IsOk());
  EXPECT_EQ(residence->region.id.value(), "16");
  EXPECT_EQ(residence->municipality.id.value(), "city");
  EXPECT_EQ(residence->rmc_office->id.value(), "rmc");
  EXPECT_EQ(residence->attendance_office->id.value(), "attendance-region");
  // An office of the municipality itself goes before that of the region.
  VSV_ASSERT_OK(this->PutOrganisation("zz-own", OrganisationKind::kAttendanceOffice, {}, "city"));
  residence = this->stores_.residences.Resolve("GM0307", day, this->Deadline());
  ASSERT_THAT(residence, IsOk());
  EXPECT_EQ(residence->attendance_office->id.value(), "zz-own");
  EXPECT_THAT(
      this->stores_.residences.Resolve("GM0307", absl::CivilDay(2020, 12, 31), this->Deadline()),
      HasReason("MUNICIPALITY_NOT_FOUND"));
  EXPECT_THAT(this->stores_.residences.Resolve("GM9999", day, this->Deadline()),
              HasReason("MUNICIPALITY_NOT_FOUND"));
}

REGISTER_TYPED_TEST_SUITE_P(RegisterRelationsSuite, HasAMunicipalityInOneRegionAtATime,
                            EndsAMembership, GivesProgrammeRolesToFittingKinds,
                            KeepsAgreementsThroughTheirStates,
                            RegistersACertificateOnceAndOnlyUnderAnOin,
                            GivesMandatesBetweenActiveOrganisations,
                            FindsTheOfficesOfAMunicipalityOnADay);

}  // namespace vsv::partners

// What every store of the register must do: run on the fake and on PostgreSQL. A backend has
// `RegisterStores stores()`.
#pragma once

#include "libs/testing/one_etag.h"
#include "libs/testing/status_matchers.h"
#include "services/partners/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::partners {

template <typename Backend>
class RegisterStoreSuite : public ::testing::Test {
 protected:
  static absl::Time Deadline() { return absl::Now() + absl::Seconds(20); }

  template <typename T, typename Store>
  absl::StatusOr<T> Put(Store& store, T resource) {
    return store.Create({Enter(std::move(resource), ++requests_)}, Deadline())[0];
  }

  absl::StatusOr<Organisation> PutOrganisation(absl::string_view id, OrganisationKind kind,
                                               std::vector<Identifier> identifiers = {},
                                               absl::string_view parent = "") {
    Organisation organisation = MakeOrganisation(id, kind);
    organisation.identifiers = std::move(identifiers);
    organisation.parent = OrganisationId(parent);
    return Put(stores_.organisations, std::move(organisation));
  }

  template <typename T>
  ChangeCommand<T> ChangeOf(Key key, std::function<absl::StatusOr<T>(const T&)> decide) {
    ChangeCommand<T> command;
    command.request = {.caller = "keeper",
                       .method = "Change",
                       .request_id = TestUuid(++requests_),
                       .body_hash = "b"};
    command.key = std::move(key);
    command.now = TestNow() + absl::Hours(1);
    command.decide = std::move(decide);
    return command;
  }

  // Two regions, a board with a school, an mbo and a municipality with an office.
  void SetUpField() {
    VSV_ASSERT_OK(Put(stores_.regions, MakeRegion("16")));
    VSV_ASSERT_OK(Put(stores_.regions, MakeRegion("19")));
    VSV_ASSERT_OK(PutOrganisation("board", OrganisationKind::kSchoolBoard));
    VSV_ASSERT_OK(PutOrganisation(
        "school", OrganisationKind::kVoSchool,
        {{IdentifierScheme::kBrin, "99AA"}, {IdentifierScheme::kOin, "0000000700099AA00000"}},
        "board"));
    VSV_ASSERT_OK(PutOrganisation("mbo", OrganisationKind::kMboInstitution));
    VSV_ASSERT_OK(PutOrganisation("city", OrganisationKind::kMunicipality,
                                  {{IdentifierScheme::kOin, "00000099000000307000"},
                                   {IdentifierScheme::kMunicipalityCode, "GM0307"}}));
    VSV_ASSERT_OK(PutOrganisation("rmc", OrganisationKind::kRmcOffice, {}, "city"));
  }

  Backend backend_;
  RegisterStores stores_ = backend_.stores();
  int requests_ = 0;
  const Period since_2021_{.from = absl::CivilDay(2021, 1, 1), .until = std::nullopt};
};

TYPED_TEST_SUITE_P(RegisterStoreSuite);

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using ::vsv::testing::IsOkAndHolds;

TYPED_TEST_P(RegisterStoreSuite, GivesBackWhatWasEntered) {
  Organisation organisation = MakeOrganisation("school", OrganisationKind::kVoSchool);
  organisation.identifiers = {{IdentifierScheme::kBrin, "99AA"},
                              {IdentifierScheme::kBrinLocation, "99AA00"}};
  organisation.contacts = {
      {.role = ContactRole::kSupport,
       .phone_number = "",
       .email_address = "zorg@school.example",
       .validity = {.from = absl::CivilDay(2021, 1, 1), .until = absl::CivilDay(2024, 12, 31)}},
      {.role = ContactRole::kAdmissions,
       .phone_number = "+31334221199",
       .email_address = "",
       .validity = this->since_2021_}};
  EXPECT_THAT(this->Put(this->stores_.organisations, organisation), IsOkAndHolds(organisation));
  EXPECT_THAT(this->stores_.organisations.Get({KeyOf(organisation)}, this->Deadline())[0],
              IsOkAndHolds(organisation));
}

TYPED_TEST_P(RegisterStoreSuite, AnswersEachOfABatchForItself) {
  auto commands = std::vector<CreateCommand<Organisation>>{
      Enter(MakeOrganisation("one", OrganisationKind::kOther), 1),
      Enter(MakeOrganisation("one", OrganisationKind::kOther), 2),
      Enter(MakeOrganisation("two", OrganisationKind::kMboCollege), 3),
      Enter(MakeOrganisation("three", OrganisationKind::kOther), 4)};
  const auto verdicts = this->stores_.organisations.Create(commands, this->Deadline());
  ASSERT_THAT(verdicts, SizeIs(4));
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], HasReason("ORGANISATION_EXISTS"));
  EXPECT_THAT(verdicts[2], HasReason("PARENT_INVALID"));
  EXPECT_THAT(verdicts[3], IsOk());
  const auto found =
      this->stores_.organisations.Get({{"", "one"}, {"", "two"}, {"", "three"}}, this->Deadline());
  EXPECT_THAT(found[0], IsOk());
  EXPECT_THAT(found[1], HasReason("ORGANISATION_NOT_FOUND"));
  EXPECT_THAT(found[2], IsOk());
}

TYPED_TEST_P(RegisterStoreSuite, DoesARepeatedRequestOnce) {
  const auto command = Enter(MakeOrganisation("one", OrganisationKind::kOther), 1);
  VSV_ASSERT_OK(this->stores_.organisations.Create({command}, this->Deadline())[0]);
  const auto again = this->stores_.organisations.Create({command}, this->Deadline())[0];
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->version, 1);
  auto other_body = command;
  other_body.request.body_hash = "other";
  EXPECT_THAT(this->stores_.organisations.Create({other_body}, this->Deadline())[0],
              HasReason("REQUEST_ID_REUSED"));
}

TYPED_TEST_P(RegisterStoreSuite, ForgetsTheRequestIdOfARefusal) {
  auto command = Enter(MakeOrganisation("college", OrganisationKind::kMboCollege), 1);
  command.resource.parent = OrganisationId("mbo");
  EXPECT_THAT(this->stores_.organisations.Create({command}, this->Deadline())[0],
              HasReason("PARENT_INVALID"));
  this->requests_ = 10;
  VSV_ASSERT_OK(this->PutOrganisation("mbo", OrganisationKind::kMboInstitution));
  EXPECT_THAT(this->stores_.organisations.Create({command}, this->Deadline())[0], IsOk());
}

TYPED_TEST_P(RegisterStoreSuite, KeepsNothingOfAValidation) {
  auto command = Enter(MakeOrganisation("one", OrganisationKind::kOther), 1);
  command.validate_only = true;
  EXPECT_THAT(this->stores_.organisations.Create({command}, this->Deadline())[0], IsOk());
  EXPECT_THAT(this->stores_.organisations.Get({{"", "one"}}, this->Deadline())[0],
              HasReason("ORGANISATION_NOT_FOUND"));
  command.validate_only = false;
  EXPECT_THAT(this->stores_.organisations.Create({command}, this->Deadline())[0], IsOk());
}

TYPED_TEST_P(RegisterStoreSuite, RefusesANumberOfAnother) {
  this->SetUpField();
  EXPECT_THAT(this->PutOrganisation("copy", OrganisationKind::kVoSchool,
                                    {{IdentifierScheme::kBrin, "99AA"}}),
              HasReason("IDENTIFIER_EXISTS"));
}

TYPED_TEST_P(RegisterStoreSuite, ChangesTheVersionItWasReadAs) {
  this->SetUpField();
  auto rename = this->template ChangeOf<Organisation>({"", "mbo"}, [](const Organisation& current) {
    Organisation next = current;
    next.display_name = "Nieuw";
    return absl::StatusOr<Organisation>(next);
  });
  rename.expected_version = 2;
  EXPECT_THAT(this->stores_.organisations.Change({rename}, this->Deadline())[0],
              HasReason("ETAG_MISMATCH"));
  rename.expected_version = 1;
  const auto renamed = this->stores_.organisations.Change({rename}, this->Deadline())[0];
  ASSERT_THAT(renamed, IsOk());
  EXPECT_EQ(renamed->version, 2);
  EXPECT_EQ(renamed->display_name, "Nieuw");
  EXPECT_EQ(renamed->updated_at, TestNow() + absl::Hours(1));
  // The same request once more finds its effect, although the version has moved on.
  EXPECT_THAT(this->stores_.organisations.Change({rename}, this->Deadline())[0],
              IsOkAndHolds(*renamed));
}

TYPED_TEST_P(RegisterStoreSuite, OfManyWritersWithOneEtagExactlyOneWins) {
  this->SetUpField();
  std::vector<ChangeCommand<Organisation>> renames;
  for (int i = 0; i < 8; ++i) {
    renames.push_back(
        this->template ChangeOf<Organisation>({"", "mbo"}, [](const Organisation& current) {
          Organisation next = current;
          next.display_name = "Nieuw";
          return absl::StatusOr<Organisation>(next);
        }));
    renames.back().expected_version = 1;
  }
  vsv::testing::ExpectExactlyOneWins([&](int i) {
    return this->stores_.organisations
        .Change({renames[static_cast<size_t>(i)]}, this->Deadline())[0]
        .status();
  });
}

TYPED_TEST_P(RegisterStoreSuite, SaysNotFoundBeforeAnythingElse) {
  auto change = this->template ChangeOf<Organisation>(
      {"", "nobody"},
      [](const Organisation& current) { return absl::StatusOr<Organisation>(current); });
  change.expected_version = 7;
  EXPECT_THAT(this->stores_.organisations.Change({change}, this->Deadline())[0],
              HasReason("ORGANISATION_NOT_FOUND"));
}

TYPED_TEST_P(RegisterStoreSuite, RefusesACircleOfParents) {
  this->SetUpField();
  const auto move =
      this->template ChangeOf<Organisation>({"", "board"}, [](const Organisation& current) {
        Organisation next = current;
        next.parent = OrganisationId("school");
        return absl::StatusOr<Organisation>(next);
      });
  EXPECT_THAT(this->stores_.organisations.Change({move}, this->Deadline())[0],
              HasReason("PARENT_INVALID"));
}

TYPED_TEST_P(RegisterStoreSuite, ListsInPagesByEveryFilter) {
  this->SetUpField();
  VSV_ASSERT_OK(
      this->Put(this->stores_.memberships, MakeMembership(1, "16", "school", this->since_2021_)));
  const auto ids = [&](const OrganisationQuery& query) {
    std::vector<std::string> found;
    const auto page = this->stores_.organisations.List(query, this->Deadline());
    EXPECT_THAT(page, IsOk());
    for (const Organisation& organisation : *page) found.push_back(organisation.id.value());
    return found;
  };
  OrganisationQuery query;
  query.page.limit = 2;
  EXPECT_THAT(ids(query), ElementsAre("board", "city"));
  query.page.after = {"", "city"};
  EXPECT_THAT(ids(query), ElementsAre("mbo", "rmc"));
  query.page = {.after = {}, .limit = 100};
  query.kind = OrganisationKind::kVoSchool;
  EXPECT_THAT(ids(query), ElementsAre("school"));
  query.status = OrganisationStatus::kSuspended;
  EXPECT_THAT(ids(query), IsEmpty());
  query = OrganisationQuery();
  query.page.limit = 100;
  query.parent = OrganisationId("city");
  EXPECT_THAT(ids(query), ElementsAre("rmc"));
  query.parent = OrganisationId();
  query.identifier = Identifier{IdentifierScheme::kMunicipalityCode, "GM0307"};
  EXPECT_THAT(ids(query), ElementsAre("city"));
  query.identifier = std::nullopt;
  query.region = RegionId("16");
  query.day = absl::CivilDay(2021, 1, 1);
  EXPECT_THAT(ids(query), ElementsAre("school"));
  query.day = absl::CivilDay(2020, 12, 31);
  EXPECT_THAT(ids(query), IsEmpty());
}

TYPED_TEST_P(RegisterStoreSuite, HasAMunicipalityInOneRegionAtATime) {
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

TYPED_TEST_P(RegisterStoreSuite, EndsAMembership) {
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

TYPED_TEST_P(RegisterStoreSuite, GivesProgrammeRolesToFittingKinds) {
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

TYPED_TEST_P(RegisterStoreSuite, KeepsAgreementsThroughTheirStates) {
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

TYPED_TEST_P(RegisterStoreSuite, RegistersACertificateOnceAndOnlyUnderAnOin) {
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

TYPED_TEST_P(RegisterStoreSuite, GivesMandatesBetweenActiveOrganisations) {
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

TYPED_TEST_P(RegisterStoreSuite, FindsTheOfficesOfAMunicipalityOnADay) {
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

REGISTER_TYPED_TEST_SUITE_P(
    RegisterStoreSuite, GivesBackWhatWasEntered, AnswersEachOfABatchForItself,
    DoesARepeatedRequestOnce, ForgetsTheRequestIdOfARefusal, KeepsNothingOfAValidation,
    RefusesANumberOfAnother, ChangesTheVersionItWasReadAs, OfManyWritersWithOneEtagExactlyOneWins,
    SaysNotFoundBeforeAnythingElse, RefusesACircleOfParents, ListsInPagesByEveryFilter,
    HasAMunicipalityInOneRegionAtATime, EndsAMembership, GivesProgrammeRolesToFittingKinds,
    KeepsAgreementsThroughTheirStates, RegistersACertificateOnceAndOnlyUnderAnOin,
    GivesMandatesBetweenActiveOrganisations, FindsTheOfficesOfAMunicipalityOnADay);

}  // namespace vsv::partners

// What every store of the register does alike: requests, versions, batches, lists.
#pragma once

#include "libs/testing/one_etag.h"
#include "services/partners/testing/register_suite.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::partners {

template <typename Backend>
class RegisterStoreSuite : public RegisterSuite<Backend> {};

TYPED_TEST_SUITE_P(RegisterStoreSuite);

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

REGISTER_TYPED_TEST_SUITE_P(RegisterStoreSuite, GivesBackWhatWasEntered,
                            AnswersEachOfABatchForItself, DoesARepeatedRequestOnce,
                            ForgetsTheRequestIdOfARefusal, KeepsNothingOfAValidation,
                            RefusesANumberOfAnother, ChangesTheVersionItWasReadAs,
                            OfManyWritersWithOneEtagExactlyOneWins, SaysNotFoundBeforeAnythingElse,
                            RefusesACircleOfParents, ListsInPagesByEveryFilter);

}  // namespace vsv::partners

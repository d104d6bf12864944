// What the suites of the register share, which run on the fake and on PostgreSQL. A backend has
// `RegisterStores stores()`.
#pragma once

#include "libs/testing/status_matchers.h"
#include "services/partners/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <functional>
#include <utility>
#include <vector>

namespace vsv::partners {

template <typename Backend>
class RegisterSuite : public ::testing::Test {
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

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using ::vsv::testing::IsOkAndHolds;

}  // namespace vsv::partners

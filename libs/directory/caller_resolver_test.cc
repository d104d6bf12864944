#include "libs/directory/caller_resolver.h"

#include "libs/errors/cause.h"
#include "libs/errors/errors.h"
#include "libs/testing/status_matchers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>
#include <utility>

namespace vsv::directory {
namespace {

using policy::v1::PURPOSE_AUDIT;
using policy::v1::PURPOSE_COMPULSORY_EDUCATION;
using policy::v1::PURPOSE_PROJECTION;
using policy::v1::PURPOSE_REGISTRY;
using policy::v1::PURPOSE_RMC;
using policy::v1::PURPOSE_TRANSITION;
using policy::v1::PURPOSE_UNSPECIFIED;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

constexpr char kCityOin[] = "00000099000000307000";
constexpr char kSchoolOin[] = "0000000700099AA00000";
constexpr char kSupplierOin[] = "00000099900000301000";
constexpr char kKeeperOin[] = "00000099000000001000";
const Validity kSince2021{.first = absl::CivilDay(2021, 1, 1), .ended = std::nullopt};
// Ended after 31 December 2023.
const Validity kUntil2023{.first = absl::CivilDay(2021, 1, 1), .ended = absl::CivilDay(2024, 1, 1)};

class CallerResolverTest : public ::testing::Test {
 protected:
  CallerResolverTest() {
    content_.organisations = {
        {.id = "city", .kind = "MUNICIPALITY", .parent_id = "", .oin = kCityOin},
        {.id = "rmc", .kind = "RMC_OFFICE", .parent_id = "city", .oin = ""},
        {.id = "attendance", .kind = "ATTENDANCE_OFFICE", .parent_id = "city", .oin = ""},
        {.id = "school", .kind = "PRO_SCHOOL", .parent_id = "", .oin = kSchoolOin},
        {.id = "supplier", .kind = "OTHER", .parent_id = "", .oin = kSupplierOin}};
    AddCredential("t-rmc", "rmc", {PURPOSE_RMC});
    AddCredential("t-school", "school", {PURPOSE_TRANSITION, policy::v1::PURPOSE_SUPPORT});
    AddCredential("t-supplier", "supplier", {PURPOSE_TRANSITION});
  }

  void AddCredential(std::string thumbprint, std::string organisation,
                     std::set<policy::v1::Purpose> purposes) {
    content_.credentials.push_back({.thumbprint = std::move(thumbprint),
                                    .organisation_id = std::move(organisation),
                                    .purposes = std::move(purposes),
                                    .validity = kSince2021});
  }

  void AddMandate(std::string organisation, std::set<policy::v1::Purpose> purposes) {
    content_.mandates.push_back({.organisation_id = std::move(organisation),
                                 .supplier_id = "supplier",
                                 .services = {"DOSSIERS"},
                                 .purposes = std::move(purposes),
                                 .validity = kSince2021});
  }

  static rpc::PeerIdentity Peer(std::string oin, std::string thumbprint, std::string purpose = "",
                                std::string on_behalf_of = "") {
    rpc::PeerIdentity peer;
    peer.oin = std::move(oin);
    peer.certificate_thumbprint = std::move(thumbprint);
    peer.purpose_metadata = std::move(purpose);
    peer.on_behalf_of_metadata = std::move(on_behalf_of);
    return peer;
  }

  absl::StatusOr<rpc::Caller> Resolve(const rpc::PeerIdentity& peer,
                                      absl::string_view service = "dossiers") {
    CallerResolver resolver(
        [this] {
          return DatedSnapshot{std::make_shared<const Snapshot>(content_), as_of_};
        },
        {.register_keeper_oin = kKeeperOin, .max_age = absl::Seconds(5)});
    return resolver.Resolve(peer, service, now_);
  }

  Content content_;
  const absl::Time now_ =
      absl::FromCivil(absl::CivilSecond(2024, 3, 1, 12, 0, 0), absl::UTCTimeZone());
  absl::Time as_of_ = now_ - absl::Seconds(1);
};

TEST_F(CallerResolverTest, KnowsAnOfficeByItsOwnCredentialUnderTheOinOfItsMunicipality) {
  const auto caller = Resolve(Peer(kCityOin, "t-rmc"));
  VSV_ASSERT_OK(caller);
  EXPECT_EQ(caller->organisation_id, "rmc");
  EXPECT_EQ(caller->acting_organisation_id, "rmc");
  EXPECT_EQ(caller->organisation_oin, kCityOin);
  EXPECT_EQ(caller->purpose, PURPOSE_RMC);  // the only one it was issued for
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_RMC_OFFICE));
}

TEST_F(CallerResolverTest, TakesThePurposeFromTheCredentialAndNotFromTheCaller) {
  EXPECT_THAT(Resolve(Peer(kCityOin, "t-rmc", "compulsory_education")),
              HasReason("PURPOSE_NOT_PERMITTED"));
  EXPECT_THAT(Resolve(Peer(kCityOin, "t-rmc", "nonsense")), HasReason("PURPOSE_NOT_PERMITTED"));
  const auto one_of_two = Resolve(Peer(kSchoolOin, "t-school", "transition"));
  VSV_ASSERT_OK(one_of_two);
  EXPECT_EQ(one_of_two->purpose, PURPOSE_TRANSITION);
  const auto none_of_two = Resolve(Peer(kSchoolOin, "t-school"));
  VSV_ASSERT_OK(none_of_two);
  EXPECT_EQ(none_of_two->purpose, PURPOSE_UNSPECIFIED);
  EXPECT_THAT(none_of_two->permitted_purposes, SizeIs(2));
}

TEST_F(CallerResolverTest, RefusesWhatIsNotRegisteredAlikeAndKeepsTheCauseForTheLog) {
  const absl::Status unknown = Resolve(Peer(kSchoolOin, "t-unknown")).status();
  EXPECT_EQ(errors::CauseOf(unknown), "certificate not registered");
  const auto expect_alike = [&](const rpc::PeerIdentity& peer, absl::string_view cause) {
    const absl::Status status = Resolve(peer).status();
    EXPECT_THAT(status, HasReason("CREDENTIAL_INVALID"));
    EXPECT_EQ(status.message(), unknown.message());
    EXPECT_EQ(errors::DetailOf(status)->metadata, errors::DetailOf(unknown)->metadata);
    EXPECT_EQ(errors::CauseOf(status), cause);
  };
  expect_alike(Peer(kSupplierOin, "t-school"), "certificate of another organisation");
  expect_alike(Peer("", "t-school"), "certificate of another organisation");
  content_.credentials[1].revoked = true;
  expect_alike(Peer(kSchoolOin, "t-school"), "credential revoked");
  content_.credentials[1].revoked = false;
  content_.credentials[1].validity = kUntil2023;
  expect_alike(Peer(kSchoolOin, "t-school"), "credential not valid today");
  content_.credentials[1].validity = kSince2021;
  content_.organisations[3].suspended = true;
  expect_alike(Peer(kSchoolOin, "t-school"), "organisation suspended");
  rpc::PeerIdentity stranger;
  stranger.service = "payroll";
  expect_alike(stranger, "no service of the suite");
}

TEST_F(CallerResolverTest, DecidesNothingOnAnOldSnapshot) {
  as_of_ = now_ - absl::Seconds(6);
  const absl::Status stale = Resolve(Peer(kSchoolOin, "t-school")).status();
  EXPECT_THAT(stale, HasReason("PROJECTION_STALE"));
  EXPECT_EQ(Resolve(Peer(kSchoolOin, "t-unknown")).status(), stale);
  EXPECT_EQ(Resolve(Peer(kKeeperOin, "t-any")).status(), stale);
}

TEST_F(CallerResolverTest, MakesProgrammeManagersOfWhoGovernsToday) {
  content_.programme_roles = {
      {.organisation_id = "city", .kind = "CONTACT_MUNICIPALITY", .validity = kSince2021},
      {.organisation_id = "school", .kind = "PARTNER", .validity = kSince2021}};
  AddCredential("t-city", "city", {policy::v1::PURPOSE_PROGRAMME_MANAGEMENT});
  auto caller = Resolve(Peer(kCityOin, "t-city"), "programs");
  VSV_ASSERT_OK(caller);
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_MUNICIPALITY,
                                                  policy::v1::ROLE_PROGRAMME_MANAGER));
  caller = Resolve(Peer(kSchoolOin, "t-school"), "programs");
  VSV_ASSERT_OK(caller);
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_SCHOOL));
  content_.programme_roles[0].validity = kUntil2023;
  caller = Resolve(Peer(kCityOin, "t-city"), "programs");
  VSV_ASSERT_OK(caller);
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_MUNICIPALITY));
}

TEST_F(CallerResolverTest, LetsASupplierActByMandate) {
  AddMandate("school", {PURPOSE_TRANSITION});
  const auto caller = Resolve(Peer(kSupplierOin, "t-supplier", "transition", kSchoolOin));
  VSV_ASSERT_OK(caller);
  EXPECT_EQ(caller->organisation_id, "school");
  EXPECT_EQ(caller->acting_organisation_id, "supplier");
  EXPECT_EQ(caller->organisation_oin, kSchoolOin);
  EXPECT_EQ(caller->purpose, PURPOSE_TRANSITION);
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_SCHOOL));
}

TEST_F(CallerResolverTest, LetsASupplierActForNothingElse) {
  const auto peer = Peer(kSupplierOin, "t-supplier", "transition", kSchoolOin);
  EXPECT_THAT(Resolve(peer), HasReason("PURPOSE_NOT_PERMITTED"));
  AddMandate("school", {PURPOSE_TRANSITION});
  EXPECT_THAT(Resolve(peer, "outcomes"), HasReason("PURPOSE_NOT_PERMITTED"));
  EXPECT_THAT(Resolve(Peer(kSupplierOin, "t-supplier", "support", kSchoolOin)),
              HasReason("PURPOSE_NOT_PERMITTED"));
  EXPECT_THAT(Resolve(Peer(kSupplierOin, "t-supplier", "transition", kCityOin)),
              HasReason("PURPOSE_NOT_PERMITTED"));
  content_.mandates[0].revoked = true;
  EXPECT_THAT(Resolve(peer), HasReason("PURPOSE_NOT_PERMITTED"));
  content_.mandates[0].revoked = false;
  content_.mandates[0].validity = kUntil2023;
  EXPECT_THAT(Resolve(peer), HasReason("PURPOSE_NOT_PERMITTED"));
  content_.mandates[0].validity = kSince2021;
  content_.organisations[3].suspended = true;
  EXPECT_THAT(Resolve(peer), HasReason("PURPOSE_NOT_PERMITTED"));
}

TEST_F(CallerResolverTest, TellsTheOfficesOfOneMunicipalityApartByPurpose) {
  AddMandate("rmc", {PURPOSE_RMC});
  AddMandate("attendance", {PURPOSE_COMPULSORY_EDUCATION});
  const auto rmc = Resolve(Peer(kSupplierOin, "t-supplier", "rmc", kCityOin));
  VSV_ASSERT_OK(rmc);
  EXPECT_EQ(rmc->organisation_id, "rmc");
  const auto attendance =
      Resolve(Peer(kSupplierOin, "t-supplier", "compulsory_education", kCityOin));
  VSV_ASSERT_OK(attendance);
  EXPECT_EQ(attendance->organisation_id, "attendance");
  EXPECT_THAT(Resolve(Peer(kSupplierOin, "t-supplier", "", kCityOin)),
              HasReason("PURPOSE_NOT_PERMITTED"));
}

TEST_F(CallerResolverTest, KnowsTheKeeperWithoutARegisteredCredential) {
  const auto keeper = Resolve(Peer(kKeeperOin, "t-any", "registry"), "partners");
  VSV_ASSERT_OK(keeper);
  EXPECT_EQ(keeper->organisation_id, "register-keeper");
  EXPECT_EQ(keeper->purpose, PURPOSE_REGISTRY);
  EXPECT_THAT(keeper->roles, UnorderedElementsAre(policy::v1::ROLE_REGISTER_KEEPER));
  EXPECT_THAT(Resolve(Peer(kKeeperOin, "t-any", "audit")), IsOk());
  EXPECT_THAT(Resolve(Peer(kKeeperOin, "t-any", "transition")), HasReason("PURPOSE_NOT_PERMITTED"));
}

TEST_F(CallerResolverTest, KnowsAServiceByItsCertificateAlone) {
  as_of_ = absl::InfinitePast();
  rpc::PeerIdentity peer;
  peer.service = "dossiers";
  const auto caller = Resolve(peer, "partners");
  VSV_ASSERT_OK(caller);
  EXPECT_EQ(caller->organisation_id, "service:dossiers");
  EXPECT_EQ(caller->purpose, PURPOSE_PROJECTION);
  EXPECT_THAT(caller->roles, UnorderedElementsAre(policy::v1::ROLE_SERVICE));
  peer.purpose_metadata = "transition";
  EXPECT_THAT(Resolve(peer, "partners"), HasReason("PURPOSE_NOT_PERMITTED"));
}

}  // namespace
}  // namespace vsv::directory

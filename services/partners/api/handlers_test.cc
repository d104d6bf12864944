// Use cases on the fake register.
#include "libs/aip/etag.h"
#include "libs/base/clock.h"
#include "libs/errors/errors.h"
#include "libs/testing/status_matchers.h"
#include "services/partners/api/agreement_handlers.h"
#include "services/partners/api/authorisation_handlers.h"
#include "services/partners/api/contract_names.h"
#include "services/partners/api/organisation_handlers.h"
#include "services/partners/api/region_handlers.h"
#include "services/partners/testing/builders.h"
#include "services/partners/testing/fake_register.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include <set>
#include <string>

namespace vsv::partners {
namespace {

using ::testing::UnorderedElementsAre;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

class HandlersTest : public ::testing::Test {
 protected:
  HandlersTest() {
    call_.caller.organisation_id = "keeper";
    call_.method = "/test";
    call_.start_time = TestNow();
    call_.deadline = TestNow() + absl::Seconds(10);
  }

  template <typename Request>
  Request Parse(const std::string& text) {
    Request request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    if (request.GetDescriptor()->FindFieldByName("request_id") != nullptr) {
      request.GetReflection()->SetString(
          &request, request.GetDescriptor()->FindFieldByName("request_id"), TestUuid(++requests_));
    }
    return request;
  }

  absl::StatusOr<policy::Cleared<v1::Organisation>> Create(const std::string& text) {
    return organisations_.Create(call_, Parse<v1::CreateOrganisationRequest>(text));
  }

  // Paths of the violations of a refusal.
  static std::set<std::string> Violated(const absl::Status& status) {
    EXPECT_THAT(status, HasReason("FIELD_INVALID"));
    std::set<std::string> fields;
    const errors::Detail detail = errors::DetailOf(status).value_or(errors::Detail());
    for (const errors::Violation& violation : detail.violations) fields.insert(violation.field);
    return fields;
  }

  rpc::CallContext call_;
  base::FakeClock clock_{TestNow()};
  aip::PageTokens tokens_{std::string(32, 'k')};
  FakeRegister registry_;
  HandlerContext context_{registry_.stores(), clock_, tokens_};
  OrganisationHandlers organisations_{context_};
  RegionHandlers regions_{context_};
  AgreementHandlers agreements_{context_};
  AuthorisationHandlers authorisations_{context_};
  int requests_ = 0;
};

TEST_F(HandlersTest, CreateOrganisationStoresNumbersInTheirOneForm) {
  const auto created = Create(R"pb(
    organisation_id: "gemeente-amersfoort"
    organisation {
      display_name: "Gemeente Amersfoort"
      kind: ORGANISATION_KIND_MUNICIPALITY
      identifiers { scheme: IDENTIFIER_SCHEME_MUNICIPALITY_CODE value: "0307" }
    }
  )pb");
  VSV_ASSERT_OK(created);
  const v1::Organisation& organisation = created->message();
  EXPECT_EQ(organisation.name(), "organisations/gemeente-amersfoort");
  EXPECT_EQ(organisation.identifiers(0).value(), "GM0307");
  EXPECT_EQ(organisation.status(), v1::ORGANISATION_STATUS_ACTIVE);
  EXPECT_EQ(organisation.etag(), aip::EtagOf(1));
}

TEST_F(HandlersTest, CreateOrganisationMakesAnIdForWhoGaveNone) {
  const auto created =
      Create(R"pb(organisation { display_name: "X" kind: ORGANISATION_KIND_OTHER })pb");
  VSV_ASSERT_OK(created);
  EXPECT_TRUE(OrganisationPattern().Parse(created->message().name()).has_value())
      << created->message().name();
}

TEST_F(HandlersTest, CreateOrganisationNamesEverythingThatIsWrong) {
  const auto refused = Create(R"pb(
    organisation_id: "Amersfoort!"
    organisation {
      display_name: " met spatie"
      kind: ORGANISATION_KIND_MUNICIPALITY
      parent: "gemeenten/x"
      identifiers { scheme: IDENTIFIER_SCHEME_BRIN value: "2599" }
      contacts {
        role: CONTACT_ROLE_SUPPORT
        phone_number: "033-4221199"
        validity {
          start_date { year: 2024 month: 2 day: 1 }
          end_date { year: 2024 month: 1 day: 31 }
        }
      }
      contacts {
        role: CONTACT_ROLE_SUPPORT
        validity { start_date { year: 2024 month: 2 day: 30 } }
      }
    }
  )pb");
  EXPECT_THAT(
      Violated(refused.status()),
      UnorderedElementsAre("organisation_id", "organisation.display_name", "organisation.parent",
                           "organisation.identifiers", "organisation.identifiers[0].value",
                           "organisation.contacts[0].phone_number",
                           "organisation.contacts[0].validity.end_date", "organisation.contacts[1]",
                           "organisation.contacts[1].validity.start_date"));
}

TEST_F(HandlersTest, CreateOrganisationRefusesAnyOtherRequestIdThanAUuid) {
  auto request = Parse<v1::CreateOrganisationRequest>(
      R"pb(organisation { display_name: "X" kind: ORGANISATION_KIND_OTHER })pb");
  request.set_request_id("1");
  EXPECT_THAT(Violated(organisations_.Create(call_, request).status()),
              UnorderedElementsAre("request_id"));
}

TEST_F(HandlersTest, UpdateOrganisationNeedsAnEtagAndKnownFields) {
  VSV_ASSERT_OK(Create(R"pb(organisation_id: "xy"
                            organisation { display_name: "X" kind: ORGANISATION_KIND_OTHER })pb"));
  const auto refused =
      organisations_.Update(call_, Parse<v1::UpdateOrganisationRequest>(R"pb(
                              organisation { name: "organisations/xy" display_name: "Y" }
                              update_mask { paths: "kind" }
                            )pb"));
  EXPECT_THAT(Violated(refused.status()),
              UnorderedElementsAre("update_mask.paths[0]", "organisation.etag"));
  auto request = Parse<v1::UpdateOrganisationRequest>(R"pb(
    organisation { name: "organisations/xy" display_name: "Y" parent: "organisations/unknown" }
    update_mask { paths: "display_name" }
  )pb");
  request.mutable_organisation()->set_etag("nonsense");
  EXPECT_THAT(organisations_.Update(call_, request), HasReason("ETAG_MISMATCH"));
  request.mutable_organisation()->set_etag(aip::EtagOf(1));
  const auto updated = organisations_.Update(call_, request);
  VSV_ASSERT_OK(updated);
  EXPECT_EQ(updated->message().display_name(), "Y");
  EXPECT_EQ(updated->message().parent(), "");
}

TEST_F(HandlersTest, SuspendAndReinstateOrganisation) {
  VSV_ASSERT_OK(Create(R"pb(organisation_id: "xy"
                            organisation { display_name: "X" kind: ORGANISATION_KIND_OTHER })pb"));
  const auto suspended = organisations_.Suspend(
      call_, Parse<v1::SuspendOrganisationRequest>(R"pb(name: "organisations/xy"
                                                        reason: "contract ended")pb"));
  VSV_ASSERT_OK(suspended);
  EXPECT_EQ(suspended->message().suspension_reason(), "contract ended");
  auto back = Parse<v1::ReinstateOrganisationRequest>(R"pb(name: "organisations/xy")pb");
  EXPECT_THAT(Violated(organisations_.Reinstate(call_, back).status()),
              UnorderedElementsAre("etag"));
  back.set_etag(suspended->message().etag());
  EXPECT_THAT(organisations_.Reinstate(call_, back), IsOk());
}

TEST_F(HandlersTest, ListOrganisationsGoesOnByToken) {
  for (const char* id : {"aa", "bb", "cc"}) {
    VSV_ASSERT_OK(
        Create(absl::StrCat("organisation_id: '", id,
                            "' organisation { display_name: 'X' kind: ORGANISATION_KIND_OTHER }")));
  }
  auto request = Parse<v1::ListOrganisationsRequest>(R"pb(page_size: 2 filter: "kind = OTHER")pb");
  const auto first = organisations_.List(call_, request);
  VSV_ASSERT_OK(first);
  ASSERT_EQ(first->message().organisations_size(), 2);
  request.set_page_token(first->message().next_page_token());
  const auto second = organisations_.List(call_, request);
  VSV_ASSERT_OK(second);
  ASSERT_EQ(second->message().organisations_size(), 1);
  EXPECT_EQ(second->message().organisations(0).name(), "organisations/cc");
  EXPECT_EQ(second->message().next_page_token(), "");
  request.set_filter("status = ACTIVE");
  EXPECT_THAT(organisations_.List(call_, request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(HandlersTest, ListOrganisationsEndsAPageThatIsAsLargeAsAClientShouldGet) {
  constexpr int kMany = 400;  // of 3 kB each
  std::string contacts;
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&contacts, "contacts { role: CONTACT_ROLE_SUPPORT email_address: '",
                    std::string(60, 'a'), "@", std::string(60, 'b'),
                    ".nl' validity { start_date { year: 2024 month: 2 day: 1 } } } ");
  }
  for (int i = 0; i < kMany; ++i) {
    VSV_ASSERT_OK(Create(absl::StrCat(
        "organisation_id: 'org-", i,
        "' organisation { display_name: 'X' kind: ORGANISATION_KIND_OTHER ", contacts, "}")));
  }
  auto request =
      Parse<v1::ListOrganisationsRequest>(R"pb(page_size: 1000 filter: "kind = OTHER")pb");
  const auto first = organisations_.List(call_, request);
  VSV_ASSERT_OK(first);
  EXPECT_LE(first->message().ByteSizeLong(), aip::kFullPageBytes + 20'000);
  ASSERT_NE(first->message().next_page_token(), "");
  request.set_page_token(first->message().next_page_token());
  const auto second = organisations_.List(call_, request);
  VSV_ASSERT_OK(second);
  EXPECT_EQ(first->message().organisations_size() + second->message().organisations_size(), kMany);
  EXPECT_EQ(second->message().next_page_token(), "");
}

TEST_F(HandlersTest, ListOrganisationsRefusesWhatItCannotFilterBy) {
  for (const char* filter :
       {"kind != OTHER", "name = \"x\"", "kind = OTHER AND kind = UWV", "region = \"x\"",
        "identifier = \"GM0307\"", "identifier = \"BRIN:x\""}) {
    v1::ListOrganisationsRequest request;
    request.set_filter(filter);
    EXPECT_THAT(organisations_.List(call_, request), HasReason("FIELD_INVALID")) << filter;
  }
}

TEST_F(HandlersTest, BatchGetTakesAsManyAsAnAnswerHolds) {
  v1::BatchGetOrganisationsRequest request;
  for (int i = 0; i < 101; ++i) request.add_names(absl::StrCat("organisations/org-", i));
  EXPECT_THAT(organisations_.BatchGet(call_, request), HasReason("FIELD_INVALID"));
  request.mutable_names()->RemoveLast();
  EXPECT_THAT(organisations_.BatchGet(call_, request), HasReason("ORGANISATION_NOT_FOUND"));
}

TEST_F(HandlersTest, BatchGetSaysWhichIsMissing) {
  VSV_ASSERT_OK(Create(R"pb(organisation_id: "aa"
                            organisation { display_name: "X" kind: ORGANISATION_KIND_OTHER })pb"));
  const auto missing = organisations_.BatchGet(
      call_, Parse<v1::BatchGetOrganisationsRequest>(R"pb(names: "organisations/aa"
                                                          names: "organisations/bb")pb"));
  ASSERT_THAT(missing, HasReason("ORGANISATION_NOT_FOUND"));
  EXPECT_EQ(errors::DetailOf(missing.status())->metadata.at("name"), "organisations/bb");
}

TEST_F(HandlersTest, CreateAgreementNamesPartiesThatGetTooMuch) {
  const auto refused = agreements_.Create(
      call_, Parse<v1::CreateAgreementRequest>(R"pb(
        agreement {
          title: "Convenant"
          region: "regions/16"
          purposes: PURPOSE_TRANSITION
          data_categories: DATA_CATEGORY_PROCESS
          legal_basis: LEGAL_BASIS_PUBLIC_TASK
          legal_basis_citation: "WEB art. 8.3.2"
          controller: "organisations/aa"
          validity { start_date { year: 2021 month: 1 day: 1 } }
          parties { organisation: "organisations/aa" direction: PARTY_DIRECTION_PROVIDES }
          parties {
            organisation: "organisations/bb"
            direction: PARTY_DIRECTION_RECEIVES
            purposes: PURPOSE_TRANSITION
            data_categories: DATA_CATEGORY_HEALTH
            data_categories: DATA_CATEGORY_NONE
          }
        }
      )pb"));
  EXPECT_THAT(Violated(refused.status()),
              UnorderedElementsAre("agreement.parties[1].data_categories"));
}

TEST_F(HandlersTest, CreateMandateIsNotForOneselfNorForProjections) {
  const auto refused =
      authorisations_.CreateMandate(call_, Parse<v1::CreateMandateRequest>(R"pb(
                                      parent: "organisations/aa"
                                      mandate {
                                        supplier: "organisations/aa"
                                        services: SERVICE_AREA_DOSSIERS
                                        purposes: PURPOSE_PROJECTION
                                        validity { start_date { year: 2021 month: 1 day: 1 } }
                                      }
                                    )pb"));
  EXPECT_THAT(Violated(refused.status()),
              UnorderedElementsAre("mandate.supplier", "mandate.purposes"));
}

TEST_F(HandlersTest, RevokeCredentialIsFoundByItsLongName) {
  VSV_ASSERT_OK(Create(R"pb(
    organisation_id: "aa"
    organisation {
      display_name: "X"
      kind: ORGANISATION_KIND_OTHER
      identifiers { scheme: IDENTIFIER_SCHEME_OIN value: "00000099000000307000" }
    }
  )pb"));
  auto create = Parse<v1::CreateCredentialRequest>(R"pb(
    parent: "organisations/aa"
    credential {
      purposes: PURPOSE_RMC
      validity { start_date { year: 2021 month: 1 day: 1 } }
    }
  )pb");
  create.mutable_credential()->set_thumbprint(std::string(64, 'a'));
  const auto created = authorisations_.CreateCredential(call_, create);
  VSV_ASSERT_OK(created);
  auto revoke = Parse<v1::RevokeCredentialRequest>("");
  revoke.set_name(created->message().name());
  const auto revoked = authorisations_.RevokeCredential(call_, revoke);
  VSV_ASSERT_OK(revoked);
  EXPECT_TRUE(revoked->message().has_revoke_time());
  revoke.set_name("organisations/aa/credentials/short");
  EXPECT_THAT(authorisations_.RevokeCredential(call_, revoke), HasReason("FIELD_INVALID"));
}

TEST_F(HandlersTest, ResolveRegionRefusesWhatIsNoMunicipalityCode) {
  EXPECT_THAT(regions_.Resolve(
                  call_, Parse<v1::ResolveRegionRequest>(R"pb(municipality_code: "Utrecht")pb")),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(
      regions_.Resolve(call_, Parse<v1::ResolveRegionRequest>(R"pb(municipality_code: "0344")pb")),
      HasReason("MUNICIPALITY_NOT_FOUND"));
}

// The domain's enumerations are cast to the contract's: they must be the same, name by name.
template <typename Enum>
void ExpectSameNames(const google::protobuf::EnumDescriptor& contract, const std::string& prefix) {
  ASSERT_EQ(std::size(NamesOf<Enum>::kNames), static_cast<size_t>(contract.value_count()))
      << contract.name();
  for (int i = 0; i < contract.value_count(); ++i) {
    EXPECT_EQ(contract.value(i)->number(), i);
    EXPECT_EQ(contract.value(i)->name(), absl::StrCat(prefix, NameOf(static_cast<Enum>(i))));
  }
}

TEST(Contract, HasTheEnumerationsOfTheDomain) {
  ExpectSameNames<OrganisationKind>(*v1::OrganisationKind_descriptor(), "ORGANISATION_KIND_");
  ExpectSameNames<OrganisationStatus>(*v1::OrganisationStatus_descriptor(), "ORGANISATION_STATUS_");
  ExpectSameNames<IdentifierScheme>(*v1::IdentifierScheme_descriptor(), "IDENTIFIER_SCHEME_");
  ExpectSameNames<ContactRole>(*v1::ContactRole_descriptor(), "CONTACT_ROLE_");
  ExpectSameNames<ProgrammeRoleKind>(*v1::ProgrammeRoleKind_descriptor(), "PROGRAMME_ROLE_KIND_");
  ExpectSameNames<LegalBasis>(*v1::LegalBasis_descriptor(), "LEGAL_BASIS_");
  ExpectSameNames<PartyDirection>(*v1::PartyDirection_descriptor(), "PARTY_DIRECTION_");
  ExpectSameNames<AgreementState>(*v1::AgreementState_descriptor(), "AGREEMENT_STATE_");
}

}  // namespace
}  // namespace vsv::partners

#include "services/partners/testing/builders.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace vsv::partners {

namespace {

const Period kSince2021{.from = absl::CivilDay(2021, 1, 1), .until = std::nullopt};

}  // namespace

absl::Time TestNow() {
  return absl::FromCivil(absl::CivilSecond(2024, 3, 1, 12, 0, 0), absl::UTCTimeZone());
}

std::string TestUuid(int number) {
  return absl::StrFormat("018df000-0000-7000-8000-%012d", number);
}

Organisation MakeOrganisation(absl::string_view id, OrganisationKind kind) {
  Organisation organisation;
  organisation.id = OrganisationId(id);
  organisation.display_name = absl::StrCat("Voorbeeld ", id);
  organisation.kind = kind;
  organisation.created_at = TestNow();
  organisation.updated_at = TestNow();
  return organisation;
}

Region MakeRegion(absl::string_view id) {
  Region region;
  region.id = RegionId(id);
  region.display_name = absl::StrCat("Regio ", id);
  region.created_at = TestNow();
  return region;
}

RegionMembership MakeMembership(int number, absl::string_view region,
                                absl::string_view organisation, Period validity) {
  RegionMembership membership;
  membership.region = RegionId(region);
  membership.id = MembershipId(TestUuid(number));
  membership.organisation = OrganisationId(organisation);
  membership.validity = validity;
  membership.created_at = TestNow();
  membership.updated_at = TestNow();
  return membership;
}

ProgrammeRole MakeProgrammeRole(int number, absl::string_view region,
                                absl::string_view organisation, ProgrammeRoleKind kind,
                                Period validity) {
  ProgrammeRole role;
  role.region = RegionId(region);
  role.id = ProgrammeRoleId(TestUuid(number));
  role.organisation = OrganisationId(organisation);
  role.kind = kind;
  role.validity = validity;
  role.created_at = TestNow();
  role.updated_at = TestNow();
  return role;
}

Agreement MakeAgreement(absl::string_view id, absl::string_view region, absl::string_view provider,
                        absl::string_view receiver) {
  Agreement agreement;
  agreement.id = AgreementId(id);
  agreement.region = RegionId(region);
  agreement.title = absl::StrCat("Convenant ", id);
  agreement.purposes = {"TRANSITION"};
  agreement.data_categories = {"CAREER", "PROCESS"};
  agreement.parties = {{.organisation = OrganisationId(provider),
                        .direction = PartyDirection::kProvides,
                        .purposes = {},
                        .data_categories = {}},
                       {.organisation = OrganisationId(receiver),
                        .direction = PartyDirection::kReceives,
                        .purposes = {"TRANSITION"},
                        .data_categories = {"CAREER", "PROCESS"}}};
  agreement.legal_basis = LegalBasis::kLegalObligation;
  agreement.legal_basis_citation = "WVO 2020 art. 8.14";
  agreement.controller = OrganisationId(provider);
  agreement.validity = kSince2021;
  agreement.created_at = TestNow();
  agreement.updated_at = TestNow();
  return agreement;
}

Mandate MakeMandate(int number, absl::string_view organisation, absl::string_view supplier) {
  Mandate mandate;
  mandate.organisation = OrganisationId(organisation);
  mandate.id = MandateId(TestUuid(number));
  mandate.supplier = OrganisationId(supplier);
  mandate.services = {"DOSSIERS"};
  mandate.purposes = {"TRANSITION"};
  mandate.validity = kSince2021;
  mandate.created_at = TestNow();
  return mandate;
}

Credential MakeCredential(char digit, absl::string_view organisation) {
  Credential credential;
  credential.id = CredentialId(std::string(64, digit));
  credential.organisation = OrganisationId(organisation);
  credential.purposes = {"TRANSITION"};
  credential.validity = kSince2021;
  credential.created_at = TestNow();
  return credential;
}

}  // namespace vsv::partners

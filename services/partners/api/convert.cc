#include "services/partners/api/convert.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "services/partners/api/contract_names.h"

#include "absl/strings/str_cat.h"

namespace vsv::partners {

v1::ValidityPeriod ToProto(const Period& period) {
  v1::ValidityPeriod proto;
  *proto.mutable_start_date() = aip::ToProto(period.from);
  if (period.until) *proto.mutable_end_date() = aip::ToProto(*period.until);
  return proto;
}

v1::Organisation ToProto(const Organisation& organisation) {
  v1::Organisation proto;
  proto.set_name(NameOfOrganisation(organisation.id));
  proto.set_display_name(organisation.display_name);
  proto.set_kind(static_cast<v1::OrganisationKind>(organisation.kind));
  proto.set_parent(NameOfOrganisation(organisation.parent));
  for (const Identifier& identifier : organisation.identifiers) {
    v1::Identifier* entry = proto.add_identifiers();
    entry->set_scheme(static_cast<v1::IdentifierScheme>(identifier.scheme));
    entry->set_value(identifier.value);
  }
  for (const Contact& contact : organisation.contacts) {
    v1::Contact* entry = proto.add_contacts();
    entry->set_role(static_cast<v1::ContactRole>(contact.role));
    entry->set_phone_number(contact.phone_number);
    entry->set_email_address(contact.email_address);
    *entry->mutable_validity() = ToProto(contact.validity);
  }
  proto.set_status(static_cast<v1::OrganisationStatus>(organisation.status));
  proto.set_suspension_reason(organisation.suspension_reason);
  *proto.mutable_create_time() = aip::ToProto(organisation.created_at);
  *proto.mutable_update_time() = aip::ToProto(organisation.updated_at);
  proto.set_etag(aip::EtagOf(organisation.version));
  return proto;
}

v1::Region ToProto(const Region& region) {
  v1::Region proto;
  proto.set_name(NameOfRegion(region.id));
  proto.set_display_name(region.display_name);
  *proto.mutable_create_time() = aip::ToProto(region.created_at);
  proto.set_etag(aip::EtagOf(region.version));
  return proto;
}

v1::RegionMembership ToProto(const RegionMembership& membership) {
  v1::RegionMembership proto;
  proto.set_name(MembershipPattern().Format({membership.region.value(), membership.id.value()}));
  proto.set_organisation(NameOfOrganisation(membership.organisation));
  *proto.mutable_validity() = ToProto(membership.validity);
  *proto.mutable_create_time() = aip::ToProto(membership.created_at);
  *proto.mutable_update_time() = aip::ToProto(membership.updated_at);
  proto.set_etag(aip::EtagOf(membership.version));
  return proto;
}

v1::ProgrammeRole ToProto(const ProgrammeRole& role) {
  v1::ProgrammeRole proto;
  proto.set_name(ProgrammeRolePattern().Format({role.region.value(), role.id.value()}));
  proto.set_organisation(NameOfOrganisation(role.organisation));
  proto.set_kind(static_cast<v1::ProgrammeRoleKind>(role.kind));
  *proto.mutable_validity() = ToProto(role.validity);
  *proto.mutable_create_time() = aip::ToProto(role.created_at);
  *proto.mutable_update_time() = aip::ToProto(role.updated_at);
  proto.set_etag(aip::EtagOf(role.version));
  return proto;
}

v1::DataSharingAgreement ToProto(const Agreement& agreement) {
  v1::DataSharingAgreement proto;
  proto.set_name(AgreementPattern().Format({agreement.id.value()}));
  proto.set_title(agreement.title);
  proto.set_region(NameOfRegion(agreement.region));
  for (const AgreementParty& party : agreement.parties) {
    v1::AgreementParty* entry = proto.add_parties();
    entry->set_organisation(NameOfOrganisation(party.organisation));
    entry->set_direction(static_cast<v1::PartyDirection>(party.direction));
    for (const std::string& name : party.purposes) entry->add_purposes(PurposeOf(name));
    for (const std::string& name : party.data_categories)
      entry->add_data_categories(DataCategoryOf(name));
  }
  for (const std::string& name : agreement.purposes) proto.add_purposes(PurposeOf(name));
  for (const std::string& name : agreement.data_categories)
    proto.add_data_categories(DataCategoryOf(name));
  proto.set_legal_basis(static_cast<v1::LegalBasis>(agreement.legal_basis));
  proto.set_legal_basis_citation(agreement.legal_basis_citation);
  proto.set_controller(NameOfOrganisation(agreement.controller));
  *proto.mutable_validity() = ToProto(agreement.validity);
  proto.set_state(static_cast<v1::AgreementState>(agreement.state));
  if (agreement.signed_on) *proto.mutable_signing_date() = aip::ToProto(*agreement.signed_on);
  if (agreement.terminated_on)
    *proto.mutable_termination_date() = aip::ToProto(*agreement.terminated_on);
  *proto.mutable_create_time() = aip::ToProto(agreement.created_at);
  *proto.mutable_update_time() = aip::ToProto(agreement.updated_at);
  proto.set_etag(aip::EtagOf(agreement.version));
  return proto;
}

v1::Mandate ToProto(const Mandate& mandate) {
  v1::Mandate proto;
  proto.set_name(MandatePattern().Format({mandate.organisation.value(), mandate.id.value()}));
  proto.set_supplier(NameOfOrganisation(mandate.supplier));
  for (const std::string& name : mandate.services) proto.add_services(ServiceAreaOf(name));
  for (const std::string& name : mandate.purposes) proto.add_purposes(PurposeOf(name));
  *proto.mutable_validity() = ToProto(mandate.validity);
  if (mandate.revoked_at) *proto.mutable_revoke_time() = aip::ToProto(*mandate.revoked_at);
  *proto.mutable_create_time() = aip::ToProto(mandate.created_at);
  proto.set_etag(aip::EtagOf(mandate.version));
  return proto;
}

v1::Credential ToProto(const Credential& credential) {
  v1::Credential proto;
  proto.set_name(absl::StrCat(NameOfOrganisation(credential.organisation), "/credentials/",
                              credential.id.value()));
  proto.set_thumbprint(credential.id.value());
  for (const std::string& name : credential.purposes) proto.add_purposes(PurposeOf(name));
  *proto.mutable_validity() = ToProto(credential.validity);
  if (credential.revoked_at) *proto.mutable_revoke_time() = aip::ToProto(*credential.revoked_at);
  *proto.mutable_create_time() = aip::ToProto(credential.created_at);
  proto.set_etag(aip::EtagOf(credential.version));
  return proto;
}

v1::ResolveRegionResponse ToProto(const Residence& residence) {
  v1::ResolveRegionResponse proto;
  *proto.mutable_region() = ToProto(residence.region);
  *proto.mutable_municipality() = ToProto(residence.municipality);
  if (residence.rmc_office) *proto.mutable_rmc_office() = ToProto(*residence.rmc_office);
  if (residence.attendance_office)
    *proto.mutable_attendance_office() = ToProto(*residence.attendance_office);
  return proto;
}

}  // namespace vsv::partners

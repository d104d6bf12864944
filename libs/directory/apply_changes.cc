#include "libs/directory/apply_changes.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/directory/statements.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/repeated_field.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::directory {

namespace {

using partners::v1::DirectoryChange;

// The part of a resource name at `index`: "16" of "regions/16/memberships/x" at 1; "" where there
// is none.
std::string Part(const std::string& name, size_t index) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return index < parts.size() ? parts[index] : "";
}

std::string WithoutPrefix(const std::string& name, absl::string_view prefix) {
  return std::string(absl::StripPrefix(name, prefix));
}

std::optional<std::string> NullIfEmpty(std::string text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(std::move(text));
}

std::optional<absl::CivilDay> DayOf(bool present, const google::type::Date& date) {
  return present ? aip::FromProto(date) : std::nullopt;
}

// Two parameters: the first and the last day.
pg::Params& AddPeriod(pg::Params& params, const partners::v1::ValidityPeriod& validity) {
  return params.Day(aip::FromProto(validity.start_date()))
      .Day(DayOf(validity.has_end_date(), validity.end_date()));
}

std::vector<std::string> PurposeNames(const google::protobuf::RepeatedField<int>& values) {
  std::vector<std::string> names;
  for (const int value : values) {
    names.push_back(WithoutPrefix(policy::v1::Purpose_Name(static_cast<policy::v1::Purpose>(value)),
                                  "PURPOSE_"));
  }
  return names;
}

std::vector<std::string> CategoryNames(const google::protobuf::RepeatedField<int>& values) {
  std::vector<std::string> names;
  for (const int value : values) {
    names.push_back(
        WithoutPrefix(policy::v1::DataCategory_Name(static_cast<policy::v1::DataCategory>(value)),
                      "DATA_CATEGORY_"));
  }
  return names;
}

// True when the change was newer than what is stored.
absl::StatusOr<bool> Put(pg::Transaction& tx, const pg::Statement& statement,
                         const pg::Params& params) {
  VSV_ASSIGN_OR_RETURN(const pg::Result result, tx.Execute(statement, params));
  return result.affected_rows() > 0;
}

absl::Status PutOrganisation(pg::Transaction& tx, const partners::v1::Organisation& organisation,
                             int64_t version, std::vector<std::string>& moved) {
  const std::string id = Part(organisation.name(), 1);
  VSV_ASSIGN_OR_RETURN(
      const bool newer,
      Put(tx, sql::kPutOrganisation,
          pg::Params()
              .Text(id)
              .Text(organisation.display_name())
              .Text(WithoutPrefix(partners::v1::OrganisationKind_Name(organisation.kind()),
                                  "ORGANISATION_KIND_"))
              .Text(NullIfEmpty(Part(organisation.parent(), 1)))
              .Text(WithoutPrefix(partners::v1::OrganisationStatus_Name(organisation.status()),
                                  "ORGANISATION_STATUS_"))
              .Int(version)));
  if (!newer) return absl::OkStatus();
  moved.push_back(id);
  std::vector<std::string> schemes, values;
  for (const partners::v1::Identifier& identifier : organisation.identifiers()) {
    schemes.push_back(WithoutPrefix(partners::v1::IdentifierScheme_Name(identifier.scheme()),
                                    "IDENTIFIER_SCHEME_"));
    values.push_back(identifier.value());
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteIdentifiers, pg::Params().Text(id)));
  return tx
      .Execute(sql::kPutIdentifiers, pg::Params().Text(id).TextArray(schemes).TextArray(values))
      .status();
}

absl::Status PutRegion(pg::Transaction& tx, const partners::v1::Region& region, int64_t version) {
  return Put(tx, sql::kPutRegion,
             pg::Params().Text(Part(region.name(), 1)).Text(region.display_name()).Int(version))
      .status();
}

absl::Status PutMembership(pg::Transaction& tx, const partners::v1::RegionMembership& membership,
                           int64_t version) {
  pg::Params params;
  params.Text(Part(membership.name(), 1))
      .Text(Part(membership.name(), 3))
      .Text(Part(membership.organisation(), 1));
  return Put(tx, sql::kPutMembership, AddPeriod(params, membership.validity()).Int(version))
      .status();
}

absl::Status PutProgrammeRole(pg::Transaction& tx, const partners::v1::ProgrammeRole& role,
                              int64_t version) {
  pg::Params params;
  params.Text(Part(role.name(), 1)).Text(Part(role.name(), 3)).Text(Part(role.organisation(), 1));
  AddPeriod(params, role.validity())
      .Int(version)
      .Text(
          WithoutPrefix(partners::v1::ProgrammeRoleKind_Name(role.kind()), "PROGRAMME_ROLE_KIND_"));
  return Put(tx, sql::kPutProgrammeRole, params).status();
}

absl::Status PutAgreement(pg::Transaction& tx, const partners::v1::DataSharingAgreement& agreement,
                          int64_t version) {
  const std::string id = Part(agreement.name(), 1);
  pg::Params params;
  params.Text(id)
      .Text(Part(agreement.region(), 1))
      .Text(agreement.title())
      .Text(WithoutPrefix(partners::v1::AgreementState_Name(agreement.state()), "AGREEMENT_STATE_"))
      .Text(WithoutPrefix(partners::v1::LegalBasis_Name(agreement.legal_basis()), "LEGAL_BASIS_"))
      .Text(Part(agreement.controller(), 1));
  AddPeriod(params, agreement.validity())
      .Day(DayOf(agreement.has_signing_date(), agreement.signing_date()))
      .Day(DayOf(agreement.has_termination_date(), agreement.termination_date()))
      .Int(version);
  VSV_ASSIGN_OR_RETURN(const bool newer, Put(tx, sql::kPutAgreement, params));
  if (!newer) return absl::OkStatus();
  std::vector<std::string> organisations, directions, purposes, data_categories;
  for (const partners::v1::AgreementParty& party : agreement.parties()) {
    organisations.push_back(Part(party.organisation(), 1));
    directions.push_back(
        WithoutPrefix(partners::v1::PartyDirection_Name(party.direction()), "PARTY_DIRECTION_"));
    purposes.push_back(absl::StrJoin(PurposeNames(party.purposes()), ","));
    data_categories.push_back(absl::StrJoin(CategoryNames(party.data_categories()), ","));
  }
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteAgreementParties, pg::Params().Text(id)));
  return tx
      .Execute(sql::kInsertAgreementParties, pg::Params()
                                                 .Text(id)
                                                 .TextArray(organisations)
                                                 .TextArray(directions)
                                                 .TextArray(purposes)
                                                 .TextArray(data_categories))
      .status();
}

absl::Status PutMandate(pg::Transaction& tx, const partners::v1::Mandate& mandate,
                        int64_t version) {
  std::vector<std::string> services;
  for (const int area : mandate.services()) {
    services.push_back(
        WithoutPrefix(partners::v1::ServiceArea_Name(static_cast<partners::v1::ServiceArea>(area)),
                      "SERVICE_AREA_"));
  }
  pg::Params params;
  params.Text(Part(mandate.name(), 1))
      .Text(Part(mandate.name(), 3))
      .Text(Part(mandate.supplier(), 1))
      .TextArray(services)
      .TextArray(PurposeNames(mandate.purposes()));
  AddPeriod(params, mandate.validity())
      .Time(mandate.has_revoke_time()
                ? std::optional<absl::Time>(aip::FromProto(mandate.revoke_time()))
                : std::nullopt)
      .Int(version);
  return Put(tx, sql::kPutMandate, params).status();
}

absl::Status PutCredential(pg::Transaction& tx, const partners::v1::Credential& credential,
                           int64_t version) {
  pg::Params params;
  params.Text(credential.thumbprint())
      .Text(Part(credential.name(), 1))
      .TextArray(PurposeNames(credential.purposes()));
  AddPeriod(params, credential.validity())
      .Time(credential.has_revoke_time()
                ? std::optional<absl::Time>(aip::FromProto(credential.revoke_time()))
                : std::nullopt)
      .Int(version);
  return Put(tx, sql::kPutCredential, params).status();
}

absl::Status ApplyChange(pg::Transaction& tx, const DirectoryChange& change,
                         std::vector<std::string>& moved) {
  const int64_t version = change.version();
  switch (change.resource_case()) {
    case DirectoryChange::kOrganisation:
      return PutOrganisation(tx, change.organisation(), version, moved);
    case DirectoryChange::kRegion:
      return PutRegion(tx, change.region(), version);
    case DirectoryChange::kMembership:
      return PutMembership(tx, change.membership(), version);
    case DirectoryChange::kAgreement:
      return PutAgreement(tx, change.agreement(), version);
    case DirectoryChange::kMandate:
      return PutMandate(tx, change.mandate(), version);
    case DirectoryChange::kCredential:
      return PutCredential(tx, change.credential(), version);
    case DirectoryChange::kProgrammeRole:
      return PutProgrammeRole(tx, change.programme_role(), version);
    case DirectoryChange::RESOURCE_NOT_SET:
      break;
  }
  // A newer register: going on would leave a hole behind the cursor.
  return errors::Internal("a change of a kind that this version does not know");
}

}  // namespace

absl::Status ApplyChanges(pg::Transaction& tx,
                          const partners::v1::WatchDirectoryResponse& changes) {
  std::vector<std::string> moved;
  for (const DirectoryChange& change : changes.changes())
    VSV_RETURN_IF_ERROR(ApplyChange(tx, change, moved));
  if (moved.empty()) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteLineages, pg::Params().TextArray(moved)));
  return tx.Execute(sql::kInsertLineages, pg::Params().TextArray(moved)).status();
}

absl::Status ClearDirectory(pg::Transaction& tx) {
  return tx.Execute(sql::kClearDirectory).status();
}

}  // namespace vsv::directory

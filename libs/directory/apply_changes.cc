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

#include <map>
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

// Organisations are most of what a register holds and says: they are put together, in as many
// statements as one alone.
class Organisations {
 public:
  // The newest state of each, whatever the order.
  void Add(const DirectoryChange& change) {
    const DirectoryChange*& newest = newest_[Part(change.organisation().name(), 1)];
    if (newest == nullptr || newest->version() < change.version()) newest = &change;
  }

  absl::Status Put(pg::Transaction& tx) const {
    if (newest_.empty()) return absl::OkStatus();
    VSV_ASSIGN_OR_RETURN(const std::vector<std::string> newer, PutThemselves(tx));
    if (newer.empty()) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteIdentifiers, pg::Params().TextArray(newer)));
    VSV_RETURN_IF_ERROR(PutIdentifiers(tx, newer));
    VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteLineages, pg::Params().TextArray(newer)));
    return tx.Execute(sql::kInsertLineages, pg::Params().TextArray(newer)).status();
  }

 private:
  // Those that were older in the tables.
  absl::StatusOr<std::vector<std::string>> PutThemselves(pg::Transaction& tx) const {
    std::vector<std::string> ids, names, kinds, parents, statuses;
    std::vector<int64_t> versions;
    for (const auto& [id, change] : newest_) {
      const partners::v1::Organisation& organisation = change->organisation();
      ids.push_back(id);
      names.push_back(organisation.display_name());
      kinds.push_back(WithoutPrefix(partners::v1::OrganisationKind_Name(organisation.kind()),
                                    "ORGANISATION_KIND_"));
      parents.push_back(Part(organisation.parent(), 1));
      statuses.push_back(WithoutPrefix(partners::v1::OrganisationStatus_Name(organisation.status()),
                                       "ORGANISATION_STATUS_"));
      versions.push_back(change->version());
    }
    VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                         tx.Execute(sql::kPutOrganisations, pg::Params()
                                                                .TextArray(ids)
                                                                .TextArray(names)
                                                                .TextArray(kinds)
                                                                .TextArray(parents)
                                                                .TextArray(statuses)
                                                                .IntArray(versions)));
    std::vector<std::string> newer;
    for (const pg::Row row : rows) newer.push_back(row.Text("organisation_id"));
    return newer;
  }

  absl::Status PutIdentifiers(pg::Transaction& tx, const std::vector<std::string>& of) const {
    std::vector<std::string> ids, schemes, values;
    for (const std::string& id : of) {
      for (const partners::v1::Identifier& identifier :
           newest_.at(id)->organisation().identifiers()) {
        ids.push_back(id);
        schemes.push_back(WithoutPrefix(partners::v1::IdentifierScheme_Name(identifier.scheme()),
                                        "IDENTIFIER_SCHEME_"));
        values.push_back(identifier.value());
      }
    }
    return tx
        .Execute(sql::kPutIdentifiers,
                 pg::Params().TextArray(ids).TextArray(schemes).TextArray(values))
        .status();
  }

  std::map<std::string, const DirectoryChange*> newest_;
};

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
                         Organisations& organisations) {
  const int64_t version = change.version();
  switch (change.resource_case()) {
    case DirectoryChange::kOrganisation:
      organisations.Add(change);
      return absl::OkStatus();
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
  Organisations organisations;
  for (const DirectoryChange& change : changes.changes())
    VSV_RETURN_IF_ERROR(ApplyChange(tx, change, organisations));
  return organisations.Put(tx);
}

absl::Status ClearDirectory(pg::Transaction& tx) {
  return tx.Execute(sql::kClearDirectory).status();
}

}  // namespace vsv::directory

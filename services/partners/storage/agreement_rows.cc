#include "libs/base/status_macros.h"
#include "services/partners/storage/row_parts.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/statements.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace vsv::partners {

namespace {

std::set<std::string> SplitNames(const std::string& names) {
  return absl::StrSplit(names, ',', absl::SkipEmpty());
}

std::vector<AgreementParty> ReadParties(const pg::Row& row) {
  const std::vector<std::string> organisations = row.TextArray("party_organisations");
  const std::vector<std::string> directions = row.TextArray("party_directions");
  const std::vector<std::string> purposes = row.TextArray("party_purposes");
  const std::vector<std::string> data_categories = row.TextArray("party_data_categories");
  std::vector<AgreementParty> parties;
  parties.reserve(organisations.size());
  for (size_t i = 0; i < organisations.size(); ++i) {
    parties.push_back({.organisation = OrganisationId(organisations[i]),
                       .direction = ReadName<PartyDirection>(directions[i]),
                       .purposes = SplitNames(purposes[i]),
                       .data_categories = SplitNames(data_categories[i])});
  }
  return parties;
}

Agreement ReadAgreement(const pg::Row& row) {
  return {.id = AgreementId(row.Text("id")),
          .region = RegionId(row.Text("region_id")),
          .title = row.Text("title"),
          .parties = ReadParties(row),
          .purposes = SetOf(row.TextArray("purposes")),
          .data_categories = SetOf(row.TextArray("data_categories")),
          .legal_basis = ReadName<LegalBasis>(row.Text("legal_basis")),
          .legal_basis_citation = row.Text("legal_basis_citation"),
          .controller = OrganisationId(row.Text("controller_id")),
          .validity = ReadPeriod(row),
          .state = ReadName<AgreementState>(row.Text("state")),
          .signed_on = row.OptionalDay("signed_on"),
          .terminated_on = row.OptionalDay("terminated_on"),
          .version = row.Int("version"),
          .created_at = row.Time("created_at"),
          .updated_at = row.Time("updated_at")};
}

absl::StatusOr<std::vector<Agreement>> ReadAll(absl::StatusOr<pg::Result> rows) {
  if (!rows.ok()) return rows.status();
  std::vector<Agreement> agreements;
  for (const pg::Row row : *rows) agreements.push_back(ReadAgreement(row));
  return agreements;
}

absl::Status InsertParties(pg::Transaction& tx, const Agreement& agreement) {
  std::vector<std::string> organisations, directions, purposes, data_categories;
  for (const AgreementParty& party : agreement.parties) {
    organisations.push_back(party.organisation.value());
    directions.emplace_back(NameOf(party.direction));
    purposes.push_back(absl::StrJoin(party.purposes, ","));
    data_categories.push_back(absl::StrJoin(party.data_categories, ","));
  }
  return tx
      .Execute(sql::kInsertAgreementParties, pg::Params()
                                                 .Text(agreement.id.value())
                                                 .TextArray(organisations)
                                                 .TextArray(directions)
                                                 .TextArray(purposes)
                                                 .TextArray(data_categories))
      .status();
}

}  // namespace

absl::StatusOr<std::vector<Agreement>> Rows<Agreement>::Read(pg::Transaction& tx,
                                                             absl::Span<const Key> keys) {
  return ReadAll(tx.Execute(sql::kGetAgreements, pg::Params().TextArray(Ids(keys))));
}

absl::StatusOr<std::vector<Agreement>> Rows<Agreement>::List(pg::Transaction& tx,
                                                             const AgreementQuery& query) {
  return ReadAll(tx.Execute(sql::kListAgreements, pg::Params()
                                                      .Text(query.page.after.id)
                                                      .Text(query.region.value())
                                                      .Text(FilterName(query.state))
                                                      .Text(query.party.value())
                                                      .Day(query.day)
                                                      .Int(query.page.limit)));
}

absl::Status Rows<Agreement>::Insert(pg::Transaction& tx, const Agreement& agreement) {
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kInsertAgreement, pg::Params()
                                            .Text(agreement.id.value())
                                            .Text(agreement.region.value())
                                            .Text(agreement.title)
                                            .TextArray(ListOf(agreement.purposes))
                                            .TextArray(ListOf(agreement.data_categories))
                                            .Text(NameOf(agreement.legal_basis))
                                            .Text(agreement.legal_basis_citation)
                                            .Text(agreement.controller.value())
                                            .Day(agreement.validity.from)
                                            .Day(agreement.validity.until)
                                            .Text(NameOf(agreement.state))
                                            .Int(agreement.version)
                                            .Time(agreement.created_at)
                                            .Time(agreement.updated_at)));
  return InsertParties(tx, agreement);
}

absl::StatusOr<std::optional<int64_t>> Rows<Agreement>::Lock(pg::Transaction& tx, const Key& key) {
  return LockedVersion(tx.Execute(sql::kLockAgreement, pg::Params().Text(key.id)));
}

absl::Status Rows<Agreement>::Update(pg::Transaction& tx, const Agreement& agreement) {
  return tx
      .Execute(sql::kUpdateAgreement, pg::Params()
                                          .Text(agreement.id.value())
                                          .Text(NameOf(agreement.state))
                                          .Day(agreement.signed_on)
                                          .Day(agreement.terminated_on)
                                          .Int(agreement.version)
                                          .Time(agreement.updated_at))
      .status();
}

}  // namespace vsv::partners

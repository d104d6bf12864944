#include "libs/base/status_macros.h"
#include "services/partners/storage/row_parts.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/statements.h"

namespace vsv::partners {

namespace {

Mandate ReadMandate(const pg::Row& row) {
  return {.organisation = OrganisationId(row.Text("organisation_id")),
          .id = MandateId(row.Text("id")),
          .supplier = OrganisationId(row.Text("supplier_id")),
          .services = SetOf(row.TextArray("services")),
          .purposes = SetOf(row.TextArray("purposes")),
          .validity = ReadPeriod(row),
          .revoked_at = row.OptionalTime("revoked_at"),
          .version = row.Int("version"),
          .created_at = row.Time("created_at")};
}

Credential ReadCredential(const pg::Row& row) {
  return {.id = CredentialId(row.Text("thumbprint")),
          .organisation = OrganisationId(row.Text("organisation_id")),
          .purposes = SetOf(row.TextArray("purposes")),
          .validity = ReadPeriod(row),
          .revoked_at = row.OptionalTime("revoked_at"),
          .version = row.Int("version"),
          .created_at = row.Time("created_at")};
}

template <typename T>
absl::StatusOr<std::vector<T>> ReadAll(absl::StatusOr<pg::Result> rows, T (*read)(const pg::Row&)) {
  if (!rows.ok()) return rows.status();
  std::vector<T> resources;
  for (const pg::Row row : *rows) resources.push_back(read(row));
  return resources;
}

template <typename T>
pg::Params RevokeParams(const T& resource) {
  return pg::Params()
      .Text(resource.organisation.value())
      .Text(resource.id.value())
      .Time(resource.revoked_at)
      .Int(resource.version);
}

}  // namespace

absl::StatusOr<std::vector<Mandate>> Rows<Mandate>::Read(pg::Transaction& tx,
                                                         absl::Span<const Key> keys) {
  return ReadAll(
      tx.Execute(sql::kGetMandates, pg::Params().TextArray(Parents(keys)).TextArray(Ids(keys))),
      ReadMandate);
}

absl::StatusOr<std::vector<Mandate>> Rows<Mandate>::List(pg::Transaction& tx,
                                                         const MandateQuery& query) {
  return ReadAll(
      tx.Execute(
          sql::kListMandates,
          pg::Params()
              .Text(query.page.after.parent)
              .Text(query.page.after.id.empty() ? kNilUuid : absl::string_view(query.page.after.id))
              .Text(query.organisation.value())
              .Text(query.supplier.value())
              .Day(query.day)
              .Int(query.page.limit)),
      ReadMandate);
}

absl::Status Rows<Mandate>::Insert(pg::Transaction& tx, const Mandate& mandate) {
  return tx
      .Execute(sql::kInsertMandate, pg::Params()
                                        .Text(mandate.organisation.value())
                                        .Text(mandate.id.value())
                                        .Text(mandate.supplier.value())
                                        .TextArray(ListOf(mandate.services))
                                        .TextArray(ListOf(mandate.purposes))
                                        .Day(mandate.validity.from)
                                        .Day(mandate.validity.until)
                                        .Int(mandate.version)
                                        .Time(mandate.created_at))
      .status();
}

absl::StatusOr<std::optional<int64_t>> Rows<Mandate>::Lock(pg::Transaction& tx, const Key& key) {
  return LockedVersion(tx.Execute(sql::kLockMandate, pg::Params().Text(key.parent).Text(key.id)));
}

absl::Status Rows<Mandate>::Update(pg::Transaction& tx, const Mandate& mandate) {
  return tx.Execute(sql::kRevokeMandate, RevokeParams(mandate)).status();
}

absl::StatusOr<std::vector<Credential>> Rows<Credential>::Read(pg::Transaction& tx,
                                                               absl::Span<const Key> keys) {
  return ReadAll(
      tx.Execute(sql::kGetCredentials, pg::Params().TextArray(Parents(keys)).TextArray(Ids(keys))),
      ReadCredential);
}

absl::StatusOr<std::vector<Credential>> Rows<Credential>::List(pg::Transaction& tx,
                                                               const CredentialQuery& query) {
  return ReadAll(tx.Execute(sql::kListCredentials, pg::Params()
                                                       .Text(query.page.after.parent)
                                                       .Text(query.page.after.id)
                                                       .Text(query.organisation.value())
                                                       .Text(query.thumbprint.value())
                                                       .Day(query.day)
                                                       .Int(query.page.limit)),
                 ReadCredential);
}

absl::Status Rows<Credential>::Insert(pg::Transaction& tx, const Credential& credential) {
  return tx
      .Execute(sql::kInsertCredential, pg::Params()
                                           .Text(credential.organisation.value())
                                           .Text(credential.id.value())
                                           .TextArray(ListOf(credential.purposes))
                                           .Day(credential.validity.from)
                                           .Day(credential.validity.until)
                                           .Int(credential.version)
                                           .Time(credential.created_at))
      .status();
}

absl::StatusOr<std::optional<int64_t>> Rows<Credential>::Lock(pg::Transaction& tx, const Key& key) {
  return LockedVersion(
      tx.Execute(sql::kLockCredential, pg::Params().Text(key.parent).Text(key.id)));
}

absl::Status Rows<Credential>::Update(pg::Transaction& tx, const Credential& credential) {
  return tx.Execute(sql::kRevokeCredential, RevokeParams(credential)).status();
}

}  // namespace vsv::partners

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "services/partners/storage/row_parts.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/statements.h"

#include <algorithm>
#include <tuple>

namespace vsv::partners {

namespace {

std::vector<Identifier> ReadIdentifiers(const pg::Row& row) {
  const std::vector<std::string> schemes = row.TextArray("identifier_schemes");
  const std::vector<std::string> values = row.TextArray("identifier_values");
  std::vector<Identifier> identifiers;
  identifiers.reserve(schemes.size());
  for (size_t i = 0; i < schemes.size(); ++i) {
    identifiers.push_back({.scheme = ReadName<IdentifierScheme>(schemes[i]), .value = values[i]});
  }
  std::sort(identifiers.begin(), identifiers.end(), [](const Identifier& a, const Identifier& b) {
    return std::tie(a.scheme, a.value) < std::tie(b.scheme, b.value);
  });
  return identifiers;
}

std::vector<Contact> ReadContacts(const pg::Row& row) {
  const std::vector<std::string> roles = row.TextArray("contact_roles");
  const std::vector<std::string> phone_numbers = row.TextArray("contact_phone_numbers");
  const std::vector<std::string> email_addresses = row.TextArray("contact_email_addresses");
  const std::vector<std::string> from = row.TextArray("contact_valid_from_on");
  const std::vector<std::string> until = row.TextArray("contact_valid_until_on");
  std::vector<Contact> contacts;
  contacts.reserve(roles.size());
  for (size_t i = 0; i < roles.size(); ++i) {
    contacts.push_back({.role = ReadName<ContactRole>(roles[i]),
                        .phone_number = phone_numbers[i],
                        .email_address = email_addresses[i],
                        .validity = {.from = base::ParseIsoDate(from[i]).value_or(absl::CivilDay()),
                                     .until = base::ParseIsoDate(until[i])}});
  }
  return contacts;
}

Organisation ReadOrganisation(const pg::Row& row) {
  return {.id = OrganisationId(row.Text("id")),
          .display_name = row.Text("display_name"),
          .kind = ReadName<OrganisationKind>(row.Text("kind")),
          .parent = OrganisationId(row.OptionalText("parent_id").value_or("")),
          .identifiers = ReadIdentifiers(row),
          .contacts = ReadContacts(row),
          .status = ReadName<OrganisationStatus>(row.Text("status")),
          .suspension_reason = row.Text("suspension_reason"),
          .version = row.Int("version"),
          .created_at = row.Time("created_at"),
          .updated_at = row.Time("updated_at")};
}

absl::StatusOr<std::vector<Organisation>> ReadAll(absl::StatusOr<pg::Result> rows) {
  if (!rows.ok()) return rows.status();
  std::vector<Organisation> organisations;
  for (const pg::Row row : *rows) organisations.push_back(ReadOrganisation(row));
  return organisations;
}

absl::Status InsertParts(pg::Transaction& tx, const Organisation& organisation) {
  std::vector<std::string> schemes, values;
  for (const Identifier& identifier : organisation.identifiers) {
    schemes.emplace_back(NameOf(identifier.scheme));
    values.push_back(identifier.value);
  }
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kInsertIdentifiers,
                 pg::Params().Text(organisation.id.value()).TextArray(schemes).TextArray(values)));
  std::vector<std::string> roles, phone_numbers, email_addresses;
  std::vector<std::optional<absl::CivilDay>> from, until;
  for (const Contact& contact : organisation.contacts) {
    roles.emplace_back(NameOf(contact.role));
    phone_numbers.push_back(contact.phone_number);
    email_addresses.push_back(contact.email_address);
    from.push_back(contact.validity.from);
    until.push_back(contact.validity.until);
  }
  return tx
      .Execute(sql::kInsertContacts, pg::Params()
                                         .Text(organisation.id.value())
                                         .TextArray(roles)
                                         .TextArray(phone_numbers)
                                         .TextArray(email_addresses)
                                         .DayArray(from)
                                         .DayArray(until))
      .status();
}

}  // namespace

absl::StatusOr<std::vector<Organisation>> Rows<Organisation>::Read(pg::Transaction& tx,
                                                                   absl::Span<const Key> keys) {
  return ReadAll(tx.Execute(sql::kGetOrganisations, pg::Params().TextArray(Ids(keys))));
}

absl::StatusOr<std::vector<Organisation>> Rows<Organisation>::List(pg::Transaction& tx,
                                                                   const OrganisationQuery& query) {
  const Identifier identifier = query.identifier.value_or(Identifier());
  return ReadAll(tx.Execute(sql::kListOrganisations, pg::Params()
                                                         .Text(query.page.after.id)
                                                         .Text(FilterName(query.kind))
                                                         .Text(FilterName(query.status))
                                                         .Text(query.parent.value())
                                                         .Text(query.region.value())
                                                         .Day(query.day)
                                                         .Text(FilterName(identifier.scheme))
                                                         .Text(identifier.value)
                                                         .Int(query.page.limit)));
}

absl::Status Rows<Organisation>::Insert(pg::Transaction& tx, const Organisation& organisation) {
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kInsertOrganisation, pg::Params()
                                               .Text(organisation.id.value())
                                               .Text(organisation.display_name)
                                               .Text(NameOf(organisation.kind))
                                               .Text(NullIfEmpty(organisation.parent.value()))
                                               .Text(NameOf(organisation.status))
                                               .Text(organisation.suspension_reason)
                                               .Int(organisation.version)
                                               .Time(organisation.created_at)
                                               .Time(organisation.updated_at)));
  return InsertParts(tx, organisation);
}

absl::StatusOr<std::optional<int64_t>> Rows<Organisation>::Lock(pg::Transaction& tx,
                                                                const Key& key) {
  return LockedVersion(tx.Execute(sql::kLockOrganisation, pg::Params().Text(key.id)));
}

absl::Status Rows<Organisation>::Update(pg::Transaction& tx, const Organisation& organisation) {
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kUpdateOrganisation, pg::Params()
                                               .Text(organisation.id.value())
                                               .Text(organisation.display_name)
                                               .Text(NullIfEmpty(organisation.parent.value()))
                                               .Text(NameOf(organisation.status))
                                               .Text(organisation.suspension_reason)
                                               .Int(organisation.version)
                                               .Time(organisation.updated_at)));
  const pg::Params id = pg::Params().Text(organisation.id.value());
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteIdentifiers, id));
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kDeleteContacts, id));
  return InsertParts(tx, organisation);
}

}  // namespace vsv::partners

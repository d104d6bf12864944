#include "services/partners/storage/pg_facts.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/sqlstate.h"
#include "services/partners/storage/rows.h"
#include "services/partners/storage/statements.h"

#include <limits>
#include <string>

namespace vsv::partners {

namespace {

constexpr int kAll = std::numeric_limits<int>::max();

}  // namespace

absl::StatusOr<std::optional<Organisation>> PgFacts::FindOrganisation(const OrganisationId& id) {
  const Key key{.parent = "", .id = id.value()};
  VSV_ASSIGN_OR_RETURN(const std::optional<int64_t> version, Rows<Organisation>::Lock(tx_, key));
  if (!version) return std::optional<Organisation>();
  VSV_ASSIGN_OR_RETURN(std::vector<Organisation> found, Rows<Organisation>::Read(tx_, {key}));
  return std::optional<Organisation>(std::move(found.at(0)));
}

absl::StatusOr<std::optional<OrganisationId>> PgFacts::HolderOf(const Identifier& identifier) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx_.Execute(sql::kFindIdentifierHolder,
                  pg::Params().Text(NameOf(identifier.scheme)).Text(identifier.value)));
  if (rows.empty()) return std::optional<OrganisationId>();
  return std::optional<OrganisationId>(rows[0].Text("organisation_id"));
}

absl::StatusOr<bool> PgFacts::RegionExists(const RegionId& id) {
  VSV_ASSIGN_OR_RETURN(const std::vector<Region> found,
                       Rows<Region>::Read(tx_, {Key{.parent = "", .id = id.value()}}));
  return !found.empty();
}

absl::StatusOr<bool> PgFacts::AgreementExists(const AgreementId& id) {
  VSV_ASSIGN_OR_RETURN(const std::optional<int64_t> version,
                       Rows<Agreement>::Lock(tx_, Key{.parent = "", .id = id.value()}));
  return version.has_value();
}

absl::StatusOr<bool> PgFacts::CredentialExists(const CredentialId& id) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx_.Execute(sql::kFindCredential, pg::Params().Text(id.value())));
  return !rows.empty();
}

absl::StatusOr<std::vector<RegionMembership>> PgFacts::MembershipsOf(const OrganisationId& id) {
  MembershipQuery query;
  query.page.limit = kAll;
  query.organisation = id;
  return Rows<RegionMembership>::List(tx_, query);
}

absl::StatusOr<std::vector<ProgrammeRole>> PgFacts::ProgrammeRolesOf(const OrganisationId& id) {
  ProgrammeRoleQuery query;
  query.page.limit = kAll;
  query.organisation = id;
  return Rows<ProgrammeRole>::List(tx_, query);
}

absl::Status RefusalOf(const absl::Status& status) {
  const std::string constraint = pg::ConstraintOf(status);
  if (constraint == "organisations_pkey")
    return errors::AlreadyExists("ORGANISATION", "the id is taken");
  if (constraint == "organisation_identifiers_pkey") {
    return errors::AlreadyExists("IDENTIFIER", "another organisation has one of the numbers");
  }
  if (constraint == "regions_pkey")
    return errors::AlreadyExists("REGION", "the region was entered before");
  if (constraint == "agreements_pkey") return errors::AlreadyExists("AGREEMENT", "the id is taken");
  if (constraint == "credentials_pkey") {
    return errors::AlreadyExists("CREDENTIAL", "the certificate is registered already");
  }
  return status;
}

}  // namespace vsv::partners

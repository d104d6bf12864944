#include "services/partners/domain/organisation.h"

#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"

namespace vsv::partners {

base::IdentifierScheme NumberingOf(IdentifierScheme scheme) {
  switch (scheme) {
    case IdentifierScheme::kUnspecified:
    case IdentifierScheme::kBrin:
      return base::IdentifierScheme::kBrin;
    case IdentifierScheme::kBrinLocation:
      return base::IdentifierScheme::kBrinLocation;
    case IdentifierScheme::kOin:
      return base::IdentifierScheme::kOin;
    case IdentifierScheme::kKvk:
      return base::IdentifierScheme::kKvk;
    case IdentifierScheme::kMunicipalityCode:
      return base::IdentifierScheme::kMunicipalityCode;
    case IdentifierScheme::kSupportAlliance:
      return base::IdentifierScheme::kSwv;
    case IdentifierScheme::kRmcCode:
      return base::IdentifierScheme::kRmcCode;
  }
  return base::IdentifierScheme::kBrin;
}

absl::string_view IdentifierOf(const Organisation& organisation, IdentifierScheme scheme) {
  for (const Identifier& identifier : organisation.identifiers) {
    if (identifier.scheme == scheme) return identifier.value;
  }
  return "";
}

absl::Status CheckParentKind(OrganisationKind kind, std::optional<OrganisationKind> parent_kind) {
  std::optional<OrganisationKind> needed;
  if (kind == OrganisationKind::kMboCollege) needed = OrganisationKind::kMboInstitution;
  if (kind == OrganisationKind::kMboTeam) needed = OrganisationKind::kMboCollege;
  if (!needed || parent_kind == needed) return absl::OkStatus();
  return errors::Precondition(
      "PARENT_INVALID",
      absl::StrCat("an organisation of kind ", NameOf(kind), " needs a parent of kind ",
                   NameOf(*needed)),
      {{"field", "organisation.parent"}, {"kind", std::string(NameOf(*needed))}});
}

absl::StatusOr<Organisation> Update(const Organisation& current, const OrganisationUpdate& update) {
  Organisation next = current;
  if (update.display_name) next.display_name = update.values.display_name;
  if (update.parent) next.parent = update.values.parent;
  if (update.identifiers) next.identifiers = update.values.identifiers;
  if (update.contacts) next.contacts = update.values.contacts;
  if (next.kind == OrganisationKind::kMunicipality &&
      IdentifierOf(next, IdentifierScheme::kMunicipalityCode).empty()) {
    return errors::FieldInvalid("organisation.identifiers",
                                "a municipality needs its MUNICIPALITY_CODE");
  }
  return next;
}

absl::StatusOr<Organisation> Suspend(const Organisation& current, absl::string_view reason) {
  if (current.status == OrganisationStatus::kSuspended) {
    return errors::StateConflict("the organisation is suspended already",
                                 {{"status", "SUSPENDED"}});
  }
  Organisation next = current;
  next.status = OrganisationStatus::kSuspended;
  next.suspension_reason = std::string(reason);
  return next;
}

absl::StatusOr<Organisation> Reinstate(const Organisation& current) {
  if (current.status != OrganisationStatus::kSuspended) {
    return errors::StateConflict("the organisation is not suspended",
                                 {{"status", std::string(NameOf(current.status))}});
  }
  Organisation next = current;
  next.status = OrganisationStatus::kActive;
  next.suspension_reason.clear();
  return next;
}

}  // namespace vsv::partners

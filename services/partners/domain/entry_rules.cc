#include "services/partners/domain/entry_rules.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <string>
#include <utility>

namespace vsv::partners {

namespace {

absl::Status Refusal(absl::StatusCode code, absl::string_view message, const char* reason,
                     std::map<std::string, std::string> metadata) {
  errors::Detail detail;
  detail.reason = reason;
  detail.metadata = std::move(metadata);
  return errors::Make(code, message, std::move(detail));
}

absl::Status ParentInvalid(absl::string_view message) {
  return errors::Precondition("PARENT_INVALID", message, {{"field", "organisation.parent"}});
}

absl::StatusOr<Organisation> NeedOrganisation(RegisterFacts& facts, const OrganisationId& id) {
  VSV_ASSIGN_OR_RETURN(const std::optional<Organisation> found, facts.FindOrganisation(id));
  if (found) return *found;
  const std::string name = absl::StrCat("organisations/", id.value());
  return Refusal(absl::StatusCode::kNotFound, absl::StrCat(name, " is not in the register"),
                 "ORGANISATION_NOT_FOUND", {{"name", name}});
}

absl::StatusOr<Organisation> NeedActive(RegisterFacts& facts, const OrganisationId& id) {
  VSV_ASSIGN_OR_RETURN(Organisation found, NeedOrganisation(facts, id));
  if (found.status == OrganisationStatus::kSuspended) {
    return errors::Precondition(
        "ORGANISATION_SUSPENDED",
        absl::StrCat("organisations/", id.value(), " is suspended; reinstate it first"));
  }
  return found;
}

absl::Status NeedRegion(RegisterFacts& facts, const RegionId& id) {
  VSV_ASSIGN_OR_RETURN(const bool exists, facts.RegionExists(id));
  return exists ? absl::OkStatus() : errors::NotFound("REGION");
}

// A number to be known by: its own OIN, or the nearest above it (an office works under its
// municipality's).
absl::Status NeedOin(RegisterFacts& facts, Organisation organisation) {
  for (int level = 0; level < kMaxLevels; ++level) {
    if (!IdentifierOf(organisation, IdentifierScheme::kOin).empty()) return absl::OkStatus();
    if (organisation.parent.empty()) break;
    VSV_ASSIGN_OR_RETURN(organisation, NeedOrganisation(facts, organisation.parent));
  }
  return errors::Precondition("OIN_MISSING",
                              "neither the organisation nor one above it has an OIN");
}

absl::Status CheckParent(RegisterFacts& facts, const Organisation& organisation) {
  if (organisation.parent.empty()) return CheckParentKind(organisation.kind, std::nullopt);
  OrganisationId above = organisation.parent;
  for (int level = 2; !above.empty(); ++level) {
    if (above == organisation.id)
      return ParentInvalid("the parent lies below the organisation itself");
    if (level > kMaxLevels) return ParentInvalid(absl::StrCat("more than ", kMaxLevels, " levels"));
    VSV_ASSIGN_OR_RETURN(const std::optional<Organisation> parent, facts.FindOrganisation(above));
    if (!parent) return ParentInvalid("the parent is not in the register");
    if (level == 2) VSV_RETURN_IF_ERROR(CheckParentKind(organisation.kind, parent->kind));
    above = parent->parent;
  }
  return absl::OkStatus();
}

absl::Status PeriodOverlaps(absl::string_view what) {
  return errors::Precondition("PERIOD_OVERLAPS", absl::StrCat("the period overlaps another ", what,
                                                              "; end that one first"));
}

}  // namespace

absl::Status CheckChange(RegisterFacts& facts, const Organisation& organisation) {
  VSV_RETURN_IF_ERROR(CheckParent(facts, organisation));
  for (const Identifier& identifier : organisation.identifiers) {
    VSV_ASSIGN_OR_RETURN(const std::optional<OrganisationId> holder, facts.HolderOf(identifier));
    if (holder && *holder != organisation.id) {
      return Refusal(absl::StatusCode::kAlreadyExists,
                     absl::StrCat("another organisation has this ", NameOf(identifier.scheme)),
                     "IDENTIFIER_EXISTS", {{"scheme", std::string(NameOf(identifier.scheme))}});
    }
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(RegisterFacts& facts, const Organisation& organisation) {
  VSV_ASSIGN_OR_RETURN(const std::optional<Organisation> existing,
                       facts.FindOrganisation(organisation.id));
  if (existing) return errors::AlreadyExists("ORGANISATION", "the id is taken");
  return CheckChange(facts, organisation);
}

absl::Status CheckEntry(RegisterFacts& facts, const Region& region) {
  VSV_ASSIGN_OR_RETURN(const bool exists, facts.RegionExists(region.id));
  return exists ? errors::AlreadyExists("REGION", "the region was entered before")
                : absl::OkStatus();
}

absl::Status CheckEntry(RegisterFacts& facts, const RegionMembership& membership) {
  VSV_RETURN_IF_ERROR(NeedRegion(facts, membership.region));
  VSV_ASSIGN_OR_RETURN(const Organisation organisation,
                       NeedOrganisation(facts, membership.organisation));
  VSV_ASSIGN_OR_RETURN(const std::vector<RegionMembership> others,
                       facts.MembershipsOf(membership.organisation));
  const bool one_region = organisation.kind == OrganisationKind::kMunicipality;
  for (const RegionMembership& other : others) {
    if ((one_region || other.region == membership.region) &&
        other.validity.Overlaps(membership.validity)) {
      return PeriodOverlaps(one_region ? "membership of this municipality"
                                       : "membership of the region");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(RegisterFacts& facts, const ProgrammeRole& role) {
  VSV_RETURN_IF_ERROR(NeedRegion(facts, role.region));
  VSV_ASSIGN_OR_RETURN(const Organisation organisation, NeedOrganisation(facts, role.organisation));
  VSV_RETURN_IF_ERROR(CheckEligible(role.kind, organisation.kind));
  VSV_ASSIGN_OR_RETURN(const std::vector<ProgrammeRole> others,
                       facts.ProgrammeRolesOf(role.organisation));
  for (const ProgrammeRole& other : others) {
    if (other.region == role.region && other.kind == role.kind &&
        other.validity.Overlaps(role.validity)) {
      return PeriodOverlaps("of the same part in the region");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(RegisterFacts& facts, const Agreement& agreement) {
  VSV_ASSIGN_OR_RETURN(const bool exists, facts.AgreementExists(agreement.id));
  if (exists) return errors::AlreadyExists("AGREEMENT", "the id is taken");
  VSV_RETURN_IF_ERROR(NeedRegion(facts, agreement.region));
  for (const AgreementParty& party : agreement.parties) {
    VSV_RETURN_IF_ERROR(NeedOrganisation(facts, party.organisation));
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(RegisterFacts& facts, const Mandate& mandate) {
  VSV_ASSIGN_OR_RETURN(const Organisation organisation, NeedActive(facts, mandate.organisation));
  VSV_RETURN_IF_ERROR(NeedActive(facts, mandate.supplier));
  return NeedOin(facts, organisation);
}

absl::Status CheckEntry(RegisterFacts& facts, const Credential& credential) {
  VSV_ASSIGN_OR_RETURN(const Organisation organisation, NeedActive(facts, credential.organisation));
  VSV_ASSIGN_OR_RETURN(const bool exists, facts.CredentialExists(credential.id));
  if (exists) return errors::AlreadyExists("CREDENTIAL", "the certificate is registered already");
  return NeedOin(facts, organisation);
}

}  // namespace vsv::partners

#include "services/dossiers/api/resource_names.h"

#include "libs/aip/resource_name.h"
#include "libs/base/status_macros.h"

#include <vector>

namespace vsv::dossiers {
namespace {

const aip::ResourcePattern& RegionPattern() {
  static const auto* pattern = new aip::ResourcePattern("regions/{region=region}");
  return *pattern;
}

const aip::ResourcePattern& DossierPattern() {
  static const auto* pattern =
      new aip::ResourcePattern("regions/{region=region}/dossiers/{dossier=uuid}");
  return *pattern;
}

const aip::ResourcePattern& PupilPattern() {
  static const auto* pattern =
      new aip::ResourcePattern("regions/{region=region}/pupils/{pupil=uuid}");
  return *pattern;
}

const aip::ResourcePattern& ApplicationPattern() {
  static const auto* pattern = new aip::ResourcePattern(
      "regions/{region=region}/dossiers/{dossier=uuid}/applications/{application=uuid}");
  return *pattern;
}

const aip::ResourcePattern& ConsentPattern() {
  static const auto* pattern = new aip::ResourcePattern(
      "regions/{region=region}/dossiers/{dossier=uuid}/consents/{consent=uuid}");
  return *pattern;
}

const aip::ResourcePattern& OrganisationPattern() {
  static const auto* pattern = new aip::ResourcePattern("organisations/{organisation=slug}");
  return *pattern;
}

}  // namespace

absl::StatusOr<RegionId> ParseRegion(absl::string_view name, absl::string_view field) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids, RegionPattern().ParseField(name, field));
  return RegionId(ids[0]);
}

absl::StatusOr<DossierName> ParseDossierName(absl::string_view name, absl::string_view field) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                       DossierPattern().ParseField(name, field));
  return DossierName{RegionId(ids[0]), DossierId(ids[1])};
}

absl::StatusOr<DossierParent> ParseDossierParent(absl::string_view name, absl::string_view field) {
  constexpr absl::string_view kAll = "/dossiers/-";
  if (name.size() > kAll.size() && name.substr(name.size() - kAll.size()) == kAll) {
    VSV_ASSIGN_OR_RETURN(const RegionId region,
                         ParseRegion(name.substr(0, name.size() - kAll.size()), field));
    return DossierParent{region, std::nullopt};
  }
  VSV_ASSIGN_OR_RETURN(const DossierName dossier, ParseDossierName(name, field));
  return DossierParent{dossier.region, dossier.dossier};
}

absl::StatusOr<ApplicationName> ParseApplicationName(absl::string_view name,
                                                     absl::string_view field) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                       ApplicationPattern().ParseField(name, field));
  return ApplicationName{RegionId(ids[0]), DossierId(ids[1]), ApplicationId(ids[2])};
}

absl::StatusOr<ConsentName> ParseConsentName(absl::string_view name, absl::string_view field) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                       ConsentPattern().ParseField(name, field));
  return ConsentName{RegionId(ids[0]), DossierId(ids[1]), ConsentId(ids[2])};
}

absl::StatusOr<OrganisationId> ParseOrganisation(absl::string_view name, absl::string_view field) {
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                       OrganisationPattern().ParseField(name, field));
  return OrganisationId(ids[0]);
}

std::string FormatRegion(const RegionId& region) {
  return RegionPattern().Format({region.value()});
}

std::string FormatDossier(const RegionId& region, const DossierId& dossier) {
  return DossierPattern().Format({region.value(), dossier.value()});
}

std::string FormatPupil(const RegionId& region, const PupilId& pupil) {
  return PupilPattern().Format({region.value(), pupil.value()});
}

std::string FormatApplication(const RegionId& region, const DossierId& dossier,
                              const ApplicationId& application) {
  return ApplicationPattern().Format({region.value(), dossier.value(), application.value()});
}

std::string FormatConsent(const RegionId& region, const DossierId& dossier,
                          const ConsentId& consent) {
  return ConsentPattern().Format({region.value(), dossier.value(), consent.value()});
}

std::string FormatOrganisation(const OrganisationId& organisation) {
  return OrganisationPattern().Format({organisation.value()});
}

}  // namespace vsv::dossiers

// Names of this service's resources.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::dossiers {

struct DossierName {
  RegionId region;
  DossierId dossier;
};

struct ApplicationName {
  RegionId region;
  DossierId dossier;
  ApplicationId application;
};

struct ConsentName {
  RegionId region;
  DossierId dossier;
  ConsentId consent;
};

// A dossier, or all of a region ("regions/16/dossiers/-").
struct DossierParent {
  RegionId region;
  std::optional<DossierId> dossier;
};

// FIELD_INVALID on `field` for what does not have the form.
absl::StatusOr<RegionId> ParseRegion(absl::string_view name, absl::string_view field);
absl::StatusOr<DossierName> ParseDossierName(absl::string_view name, absl::string_view field);
absl::StatusOr<DossierParent> ParseDossierParent(absl::string_view name, absl::string_view field);
absl::StatusOr<ApplicationName> ParseApplicationName(absl::string_view name,
                                                     absl::string_view field);
absl::StatusOr<ConsentName> ParseConsentName(absl::string_view name, absl::string_view field);
absl::StatusOr<OrganisationId> ParseOrganisation(absl::string_view name, absl::string_view field);

std::string FormatRegion(const RegionId& region);
std::string FormatDossier(const RegionId& region, const DossierId& dossier);
std::string FormatPupil(const RegionId& region, const PupilId& pupil);
std::string FormatApplication(const RegionId& region, const DossierId& dossier,
                              const ApplicationId& application);
std::string FormatConsent(const RegionId& region, const DossierId& dossier,
                          const ConsentId& consent);
std::string FormatOrganisation(const OrganisationId& organisation);

}  // namespace vsv::dossiers

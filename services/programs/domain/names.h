// Names of what the service keeps. Every name begins with its region, which is part of every key.
#pragma once

#include "libs/base/strong_id.h"

#include "absl/strings/string_view.h"

#include <compare>
#include <optional>
#include <string>

namespace vsv::programs {

struct OrganisationIdTag;
// Last part of `organisations/{organisation}`; empty where none is named.
using OrganisationId = base::StrongId<OrganisationIdTag>;

// `regions/{region}/programs/{program}`.
struct ProgramName {
  std::string region{};  // two-digit RMC code
  std::string program{};
  friend auto operator<=>(const ProgramName&, const ProgramName&) = default;
};

// `{program}/lines/{line}`.
struct LineName {
  ProgramName program{};
  std::string line{};
  friend auto operator<=>(const LineName&, const LineName&) = default;
};

// `{line}/measures/{measure}`.
struct MeasureName {
  LineName line{};
  std::string measure{};
  friend auto operator<=>(const MeasureName&, const MeasureName&) = default;
};

// `{line}/indicatorLinks/{indicator_link}`.
struct IndicatorLinkName {
  LineName line{};
  std::string link{};
  friend auto operator<=>(const IndicatorLinkName&, const IndicatorLinkName&) = default;
};

// `{program}/specialAssignments/{special_assignment}`.
struct SpecialAssignmentName {
  ProgramName program{};
  std::string assignment{};
  friend auto operator<=>(const SpecialAssignmentName&, const SpecialAssignmentName&) = default;
};

std::string ToString(const ProgramName& name);
std::string ToString(const LineName& name);
std::string ToString(const MeasureName& name);
std::string ToString(const IndicatorLinkName& name);
std::string ToString(const SpecialAssignmentName& name);

// nullopt for what is not of the stated form, ids included.
std::optional<ProgramName> ParseProgramName(absl::string_view text);
std::optional<LineName> ParseLineName(absl::string_view text);
std::optional<MeasureName> ParseMeasureName(absl::string_view text);
std::optional<IndicatorLinkName> ParseIndicatorLinkName(absl::string_view text);
std::optional<SpecialAssignmentName> ParseSpecialAssignmentName(absl::string_view text);
// `regions/{region}` -> the code, 01..40.
std::optional<std::string> ParseRegionName(absl::string_view text);
// Names of outcomes, with the ids that it takes: `indicators/{indicator}`, `ambitions/{ambition}`.
bool IsIndicatorName(absl::string_view text);
bool IsAmbitionName(absl::string_view text);
// `organisations/{organisation}`.
std::optional<OrganisationId> ParseOrganisationName(absl::string_view text);
std::string ToString(const OrganisationId& id);  // "" for none

// Slug of `min`..63 lower-case letters, digits and hyphens, not beginning with a hyphen.
bool IsSlug(absl::string_view text, size_t min);

}  // namespace vsv::programs

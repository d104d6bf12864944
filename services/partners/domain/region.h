// Regions, who belongs to them and who governs their programmes.
#pragma once

#include "services/partners/domain/ids.h"
#include "services/partners/domain/names.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/period.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <string>

namespace vsv::partners {

struct Region {
  RegionId id;
  std::string display_name;
  int64_t version = 1;
  absl::Time created_at;
  friend bool operator==(const Region& a, const Region& b) = default;
};

struct RegionMembership {
  RegionId region;
  MembershipId id;
  OrganisationId organisation;
  Period validity;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
  friend bool operator==(const RegionMembership& a, const RegionMembership& b) = default;
};

enum class ProgrammeRoleKind {
  kUnspecified,
  kContactMunicipality,
  kCentralMunicipality,
  kContactSchool,
  kLeadOrganisation,
  kPartner,
};

template <>
struct NamesOf<ProgrammeRoleKind> {
  static constexpr absl::string_view kNames[] = {"UNSPECIFIED",          "CONTACT_MUNICIPALITY",
                                                 "CENTRAL_MUNICIPALITY", "CONTACT_SCHOOL",
                                                 "LEAD_ORGANISATION",    "PARTNER"};
};

struct ProgrammeRole {
  RegionId region;
  ProgrammeRoleId id;
  OrganisationId organisation;
  ProgrammeRoleKind kind = ProgrammeRoleKind::kUnspecified;
  Period validity;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
  friend bool operator==(const ProgrammeRole& a, const ProgrammeRole& b) = default;
};

// Who is responsible for the young people of a municipality on a day.
struct Residence {
  Region region;
  Organisation municipality;
  std::optional<Organisation> rmc_office;
  std::optional<Organisation> attendance_office;
};

// Whether an organisation of `kind` can have the part: only municipalities are contact or central
// municipality, only schools and mbo institutions contact school. KIND_NOT_ELIGIBLE otherwise.
absl::Status CheckEligible(ProgrammeRoleKind role, OrganisationKind kind);

// Sets the last day. FIELD_INVALID before the first day; STATE_CONFLICT when it ends earlier
// already.
absl::StatusOr<RegionMembership> End(const RegionMembership& current, absl::CivilDay last_day);
absl::StatusOr<ProgrammeRole> End(const ProgrammeRole& current, absl::CivilDay last_day);

}  // namespace vsv::partners

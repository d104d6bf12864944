// Port to the register: who governs the programme of a region.
#pragma once

#include "services/programs/domain/names.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <set>

namespace vsv::programs {

// Part of an organisation in the programme of a region; the kinds of the register.
enum class ProgrammeRole : uint8_t {
  kContactMunicipality,
  kCentralMunicipality,
  kContactSchool,
  kLeadOrganisation,
  kPartner,
};

// Thread-safe.
class RegionRoles {
 public:
  virtual ~RegionRoles() = default;
  // Roles of `organisation` in `region` on `day`; empty when it has none. Errors: those of the
  // database.
  virtual absl::StatusOr<std::set<ProgrammeRole>> RolesOf(absl::string_view region,
                                                          const OrganisationId& organisation,
                                                          absl::CivilDay day,
                                                          absl::Time deadline) = 0;
};

// Contact and central municipality and contact school steer the whole programme of their region; a
// lead organisation what it leads.
bool SteersProgramme(const std::set<ProgrammeRole>& roles);

}  // namespace vsv::programs

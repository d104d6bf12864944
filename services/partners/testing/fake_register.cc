#include "services/partners/testing/fake_register.h"

namespace vsv::partners {

namespace {

bool IsMember(const FakeState& state, const Organisation& organisation, const RegionId& region,
              absl::CivilDay day) {
  for (const auto& [key, membership] : state.Of<RegionMembership>()) {
    if (membership.organisation == organisation.id && membership.region == region &&
        membership.validity.Contains(day)) {
      return true;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<Residence> FakeResidenceStore::Resolve(absl::string_view municipality_code,
                                                      absl::CivilDay day, absl::Time) {
  absl::MutexLock lock(&state_.mutex);
  std::optional<Residence> residence;
  for (const auto& [key, organisation] : state_.Of<Organisation>()) {
    if (IdentifierOf(organisation, IdentifierScheme::kMunicipalityCode) != municipality_code)
      continue;
    for (const auto& [region_key, region] : state_.Of<Region>()) {
      if (!residence && IsMember(state_, organisation, region.id, day)) {
        residence.emplace();
        residence->region = region;
        residence->municipality = organisation;
      }
    }
  }
  if (!residence) return errors::NotFound("MUNICIPALITY");
  for (const auto& [key, office] : state_.Of<Organisation>()) {
    const bool of_region = IsMember(state_, office, residence->region.id, day);
    if (office.kind == OrganisationKind::kRmcOffice && of_region && !residence->rmc_office)
      residence->rmc_office = office;
    if (office.kind != OrganisationKind::kAttendanceOffice) continue;
    const bool own = office.parent == residence->municipality.id;
    const bool has_own = residence->attendance_office &&
                         residence->attendance_office->parent == residence->municipality.id;
    if ((own && !has_own) || (of_region && !residence->attendance_office))
      residence->attendance_office = office;
  }
  return *residence;
}

}  // namespace vsv::partners

#include "services/outcomes/api/resource_names.h"

namespace vsv::outcomes {

const aip::ResourcePattern& IndicatorPattern() {
  static const auto* const kPattern = new aip::ResourcePattern("indicators/{indicator=slug}");
  return *kPattern;
}

const aip::ResourcePattern& AmbitionPattern() {
  static const auto* const kPattern = new aip::ResourcePattern("ambitions/{ambition=slug}");
  return *kPattern;
}

const aip::ResourcePattern& CohortPattern() {
  static const auto* const kPattern =
      new aip::ResourcePattern("regions/{region=region}/cohorts/{cohort=slug}");
  return *kPattern;
}

const aip::ResourcePattern& OrganisationPattern() {
  static const auto* const kPattern = new aip::ResourcePattern("organisations/{organisation=slug}");
  return *kPattern;
}

const aip::ResourcePattern& RegionPattern() {
  static const auto* const kPattern = new aip::ResourcePattern("regions/{region=region}");
  return *kPattern;
}

}  // namespace vsv::outcomes

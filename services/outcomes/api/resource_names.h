// Resource names of the service.
#pragma once

#include "libs/aip/resource_name.h"

namespace vsv::outcomes {

const aip::ResourcePattern& IndicatorPattern();
const aip::ResourcePattern& AmbitionPattern();
const aip::ResourcePattern& CohortPattern();
const aip::ResourcePattern& OrganisationPattern();
const aip::ResourcePattern& RegionPattern();

}  // namespace vsv::outcomes

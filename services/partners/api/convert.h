// Resources of the domain as messages of the contract.
#pragma once

#include "services/partners/domain/agreement.h"
#include "services/partners/domain/authorisation.h"
#include "services/partners/domain/organisation.h"
#include "services/partners/domain/region.h"

#include "vsv/partners/v1/agreement.pb.h"
#include "vsv/partners/v1/authorisation.pb.h"
#include "vsv/partners/v1/organisation.pb.h"
#include "vsv/partners/v1/region.pb.h"
#include "vsv/partners/v1/region_requests.pb.h"

namespace vsv::partners {

v1::ValidityPeriod ToProto(const Period& period);
v1::Organisation ToProto(const Organisation& organisation);
v1::Region ToProto(const Region& region);
v1::RegionMembership ToProto(const RegionMembership& membership);
v1::ProgrammeRole ToProto(const ProgrammeRole& role);
v1::DataSharingAgreement ToProto(const Agreement& agreement);
v1::Mandate ToProto(const Mandate& mandate);
v1::Credential ToProto(const Credential& credential);
v1::ResolveRegionResponse ToProto(const Residence& residence);

}  // namespace vsv::partners

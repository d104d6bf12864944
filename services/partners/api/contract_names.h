// Resource names of the register, and names of the values of its contract without prefix.
#pragma once

#include "libs/aip/resource_name.h"
#include "services/partners/domain/register_queries.h"

#include "vsv/partners/v1/authorisation.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::partners {

const aip::ResourcePattern& OrganisationPattern();
const aip::ResourcePattern& RegionPattern();
const aip::ResourcePattern& MembershipPattern();
const aip::ResourcePattern& ProgrammeRolePattern();
const aip::ResourcePattern& AgreementPattern();
const aip::ResourcePattern& MandatePattern();

// `organisations/{organisation}/credentials/{thumbprint}`; a thumbprint is longer than the ids of a
// pattern may be.
std::optional<Key> ParseCredentialName(absl::string_view name);

std::string NameOfOrganisation(const OrganisationId& id);  // "" for the empty id
std::string NameOfRegion(const RegionId& id);

// "TRANSITION" for PURPOSE_TRANSITION.
std::string PurposeName(policy::v1::Purpose purpose);
std::string DataCategoryName(policy::v1::DataCategory category);
std::string ServiceAreaName(v1::ServiceArea area);
// Back; the unspecified value for a name that is none.
policy::v1::Purpose PurposeOf(const std::string& name);
policy::v1::DataCategory DataCategoryOf(const std::string& name);
v1::ServiceArea ServiceAreaOf(const std::string& name);

}  // namespace vsv::partners

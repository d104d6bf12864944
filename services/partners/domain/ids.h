// Ids of the register's resources.
#pragma once

#include "libs/base/clock.h"
#include "libs/base/strong_id.h"

#include "absl/strings/string_view.h"

#include <string>

namespace vsv::partners {

struct OrganisationIdTag;
struct RegionIdTag;
struct MembershipIdTag;
struct ProgrammeRoleIdTag;
struct AgreementIdTag;
struct MandateIdTag;
struct CredentialIdTag;

// `^[a-z][a-z0-9-]{1,62}$`, given by the creator or made by the register.
using OrganisationId = base::StrongId<OrganisationIdTag>;
// Two digits, 01..40.
using RegionId = base::StrongId<RegionIdTag>;
// UUIDs of version 7.
using MembershipId = base::StrongId<MembershipIdTag>;
using ProgrammeRoleId = base::StrongId<ProgrammeRoleIdTag>;
using MandateId = base::StrongId<MandateIdTag>;
// As an organisation's.
using AgreementId = base::StrongId<AgreementIdTag>;
// SHA-256 of the certificate, 64 lower-case hex digits.
using CredentialId = base::StrongId<CredentialIdTag>;

// `^[a-z][a-z0-9-]{1,62}$`.
bool IsSlug(absl::string_view text);
// 64 lower-case hex digits.
bool IsThumbprint(absl::string_view text);
// An id for who gave none: `prefix`, '-' and a UUID of version 7.
std::string NewSlug(char prefix, const base::Clock& clock);

}  // namespace vsv::partners

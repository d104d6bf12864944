// Ids of this service; none can be taken for another.
#pragma once

#include "libs/base/strong_id.h"

namespace vsv::dossiers {

struct RegionIdTag;
struct OrganisationIdTag;
struct DossierIdTag;
struct PupilIdTag;
struct ApplicationIdTag;
struct ConsentIdTag;
struct ViewIdTag;
struct MunicipalityCodeTag;

// Two-digit region of the school that made the dossier; never changes.
using RegionId = base::StrongId<RegionIdTag>;
// Id in the partners register, e.g. "roc-midden-nederland".
using OrganisationId = base::StrongId<OrganisationIdTag>;
// UUIDv7, lower case.
using DossierId = base::StrongId<DossierIdTag>;
using PupilId = base::StrongId<PupilIdTag>;
using ApplicationId = base::StrongId<ApplicationIdTag>;
using ConsentId = base::StrongId<ConsentIdTag>;
using ViewId = base::StrongId<ViewIdTag>;
// CBS code in canonical form, "GM0307"; empty for somebody without a Dutch municipality of
// residence.
using MunicipalityCode = base::StrongId<MunicipalityCodeTag>;

}  // namespace vsv::dossiers

// The frame of every decision: begin from the row, end with the counters it moves.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <cstddef>

namespace vsv::dossiers {

// A change that leaves everything as it is; `operation` is the name in the audit trail.
DossierChange BeginChange(const DossierRow& row, absl::string_view operation);

// The change with the counters it moves on the day of the call.
DossierChange WithCounts(const DossierRow& row, const Asker& asker, DossierChange change);

// A dossier with all that belongs to it is read as a whole, by clients that take 4 MiB: of what is
// only added to, one has so many at most. DOSSIER_FULL beyond; `kind` names it in the metadata.
inline constexpr size_t kMostViews = 100;
inline constexpr size_t kMostApplications = 100;
inline constexpr size_t kMostConsents = 500;  // withdrawn ones included: they are evidence
absl::Status CheckRoom(absl::string_view kind, size_t present, size_t most);

// Whether a change writes process facts and sections alone and leaves all that decides who may have
// what of the dossier: state, residence, addressee, applications and consents. Whoever makes it is
// granted afterwards what it was granted before.
bool IsOfContentAlone(const DossierRow& row, const DossierChange& change);

// What is to be had of the row after a change of content alone: a section that was written shows as
// far as its category is granted.
DossierRow AfterContent(DossierRow row, const DossierChange& change);

// True for who makes and guides now: the delivering or the responsible organisation.
bool Guides(const Dossier& dossier, const OrganisationId& organisation);

// True for the addressee while the dossier is there.
bool Receives(const Dossier& dossier, const OrganisationId& organisation);

}  // namespace vsv::dossiers

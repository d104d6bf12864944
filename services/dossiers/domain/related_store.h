// Reads of what belongs to a dossier: applications and consents. Audited and judged like the
// dossier itself.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/page.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <optional>
#include <vector>

namespace vsv::dossiers {

// An application with its dossier, for one asker. The institution applied to has PROCESS granted on
// it from the day it was made, and nothing else before the dossier is sent.
struct ApplicationRow {
  RegionId region;
  DossierId dossier;
  Application application;
  CategorySet granted;
};

struct GetApplicationCommand {
  Asker asker;
  RegionId region;
  DossierId dossier;
  ApplicationId id;
};

// One page in the order of the ids. Without `dossier`: every application in the region that the
// asker may see.
struct ListApplicationsCommand {
  Asker asker;
  RegionId region;
  std::optional<DossierId> dossier;
  std::optional<ApplicationState> state;
  std::optional<ApplicationId> after;
  PageLimits limits;
};

// A consent with its dossier, for one asker: whoever has VIEW on the dossier sees all, a recipient
// those that name it.
struct ConsentRow {
  RegionId region;
  DossierId dossier;
  Consent consent;
  CategorySet granted;
};

// All consents of a dossier, oldest first. DOSSIER_NOT_FOUND where the asker may see neither
// dossier nor consent.
struct ListConsentsCommand {
  Asker asker;
  RegionId region;
  DossierId dossier;
};

// Thread-safe. Errors as in dossier_store.h.
class RelatedStore {
 public:
  virtual ~RelatedStore() = default;
  // APPLICATION_NOT_FOUND for absent and not visible alike.
  virtual std::vector<absl::StatusOr<ApplicationRow>> GetApplications(
      absl::Span<const GetApplicationCommand> commands) = 0;
  virtual absl::StatusOr<Page<ApplicationRow>> ListApplications(
      const ListApplicationsCommand& command) = 0;
  virtual absl::StatusOr<std::vector<ConsentRow>> ListConsents(
      const ListConsentsCommand& command) = 0;
};

}  // namespace vsv::dossiers

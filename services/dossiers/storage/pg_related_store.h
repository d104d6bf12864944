// Reads of applications and consents on PostgreSQL. Specification: domain/related_store.h.
#pragma once

#include "libs/pg/pool.h"
#include "services/dossiers/domain/related_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <vector>

namespace vsv::dossiers {

// Thread-safe. `pool` is that of the service's app role and outlives the store.
class PgRelatedStore : public RelatedStore {
 public:
  PgRelatedStore(pg::Pool& pool, PgStoreOptions options) : pool_(pool), options_(options) {}

  std::vector<absl::StatusOr<ApplicationRow>> GetApplications(
      absl::Span<const GetApplicationCommand> commands) override;
  absl::StatusOr<Page<ApplicationRow>> ListApplications(
      const ListApplicationsCommand& command) override;
  absl::StatusOr<std::vector<ConsentRow>> ListConsents(const ListConsentsCommand& command) override;

 private:
  pg::Pool& pool_;
  PgStoreOptions options_;
};

}  // namespace vsv::dossiers

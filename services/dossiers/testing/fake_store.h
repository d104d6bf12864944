// The stores in memory, for tests of handlers. Kept honest by store_conformance.h, which it passes
// like PostgreSQL does.
#pragma once

#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/domain/related_store.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers::testing {

// Judges by relation: the delivering organisation has all; the addressee from SENT on what the law
// grants, and HEALTH and EXTRA_CARE on a consent for TRANSITION that carries today; the institution
// applied to its application; everybody else what GrantOnAgreement gave. It keeps no audit trail
// and no feed.
class FakeStore : public DossierStore, public RelatedStore {
 public:
  // From now on `organisation` may see `categories` of every dossier.
  void GrantOnAgreement(const OrganisationId& organisation, CategorySet categories);

  std::vector<absl::StatusOr<DossierRow>> Create(absl::Span<const CreateCommand> commands) override;
  std::vector<absl::StatusOr<DossierRow>> Get(absl::Span<const GetCommand> commands) override;
  absl::StatusOr<Page<DossierRow>> List(const ListCommand& command) override;
  std::vector<absl::StatusOr<DossierRow>> Mutate(absl::Span<const MutateCommand> commands) override;
  std::vector<absl::StatusOr<ApplicationRow>> GetApplications(
      absl::Span<const GetApplicationCommand> commands) override;
  absl::StatusOr<Page<ApplicationRow>> ListApplications(
      const ListApplicationsCommand& command) override;
  absl::StatusOr<std::vector<ConsentRow>> ListConsents(const ListConsentsCommand& command) override;

 private:
  using Key = std::pair<RegionId, DossierId>;

  // Request by scope: caller, method, region, request id.
  struct Done {
    std::string body_hash;
    DossierId dossier;
    std::string made;
    int64_t version = 0;  // as the request left the dossier
  };

  absl::StatusOr<DossierRow> CreateOne(const CreateCommand& command);
  absl::StatusOr<DossierRow> MutateOne(const MutateCommand& command);
  absl::Status CheckNew(const CreateCommand& command) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  CategorySet GrantedTo(const Asker& asker, const DossierRow& stored) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // For who has lost the dossier since it changed it.
  static DossierRow ToldAgain(const Done& done, const DossierRow& stored);
  static DossierRow Redacted(const DossierRow& stored, CategorySet granted);
  static void Apply(const DossierChange& change, const Asker& asker, DossierRow& stored);

  absl::Mutex mutex_;
  std::map<Key, DossierRow> rows_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Done> done_ ABSL_GUARDED_BY(mutex_);
  std::map<OrganisationId, CategorySet> agreed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace vsv::dossiers::testing

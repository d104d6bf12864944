// A small world for tests of the storage: a database, a register, and organisations that act.
#pragma once

#include "libs/base/clock.h"
#include "libs/testing/pg_database.h"
#include "services/dossiers/domain/dossier_rules.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/pg_change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/pg_related_store.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::dossiers {

// The register: school and other-school deliver in region 16, mbo and other-mbo receive, town,
// rmc and attendance serve municipality GM0307, far-town, far-rmc GM0344 in region 19, care is a
// care provider. school and town, rmc, attendance have an agreement on PROCESS and ADMINISTRATIVE.
class TestWorld {
 public:
  TestWorld();

  // Who asks. All relations count unless named.
  Asker As(absl::string_view organisation, Purpose purpose = Purpose::kTransition) const;

  // A dossier of `pgn` made by `school` with every section filled, residence GM0307. Ends the test
  // binary when that fails, as do the functions below.
  DossierRow Create(absl::string_view pgn, absl::string_view school = "school");
  CreateCommand CreateCommandFor(absl::string_view pgn, absl::string_view school);

  absl::StatusOr<DossierRow> Get(const Asker& asker, const DossierId& id);
  absl::StatusOr<DossierRow> Mutate(const Asker& asker, const DossierId& id, Decide decide);
  MutateCommand Mutation(const Asker& asker, const DossierId& id, Decide decide) const;

  // Brings a new dossier of `pgn` from school to mbo: applied, inspected, agreed, sent.
  DossierRow Sent(absl::string_view pgn);
  // The same without the sending.
  DossierRow ReadyToSend(absl::string_view pgn);
  void Apply(const DossierId& id, absl::string_view institution);
  // Consent for a category; returns its id.
  ConsentId GiveConsent(const DossierId& id, absl::string_view recipient, Category category,
                        Purpose purpose);
  absl::StatusOr<DossierRow> Withdraw(const DossierId& id, const ConsentId& consent);
  // Erases, on request.
  MutateCommand Erasing(const Asker& asker, const DossierId& id) const;
  absl::StatusOr<DossierRow> Erase(const DossierId& id, absl::string_view by = "school");

  // Without a write to any dossier: the agreements end, or are in force again.
  void EndAgreements();
  void RenewAgreements();
  // The consents ran out yesterday.
  void EndConsents();
  // The consents begin a day later.
  void PostponeConsents();

  // Numbers what lies in the outbox.
  void Sequence();
  // For a lock, in this database; others of the cluster have their own tests.
  bool SomebodyWaits();
  // How old the register is, from now on and however long the test takes.
  void SetRegisterAge(absl::Duration age);
  std::string NewId() const;

  vsv::testing::PgDatabase& db() { return *db_; }

  PgDossierStore& store() { return *store_; }

  PgRelatedStore& related() { return *related_; }

  PgChangeStore& changes() { return *changes_; }

  const PupilKeys& keys() const { return keys_; }

  const RegionId region{"16"};

 private:
  void FillRegister();

  std::unique_ptr<vsv::testing::PgDatabase> db_;
  base::SystemClock clock_;
  PupilKeys keys_;
  std::unique_ptr<PgDossierStore> store_;
  std::unique_ptr<PgRelatedStore> related_;
  std::unique_ptr<PgChangeStore> changes_;
};

}  // namespace vsv::dossiers

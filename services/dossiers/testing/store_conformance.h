// What every implementation of the stores does alike. Instantiated by the fake and by PostgreSQL:
//   INSTANTIATE_TEST_SUITE_P(Fake, StoreConformance, ::testing::Values(&MakeFakeWorld));
#pragma once

#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/domain/related_store.h"

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

#include <functional>
#include <memory>
#include <string>

namespace vsv::dossiers::testing {

// A store with organisations school, other-school, mbo and other-mbo, and nothing in it.
class StoreWorld {
 public:
  virtual ~StoreWorld() = default;
  virtual DossierStore& dossiers() = 0;
  virtual RelatedStore& related() = 0;
  // The call of an organisation today, for TRANSITION, by any relation.
  virtual Asker As(absl::string_view organisation) = 0;
  // A UUID that was not given before.
  virtual std::string NewId() = 0;
};

using MakeStoreWorld = std::unique_ptr<StoreWorld> (*)();

class StoreConformance : public ::testing::TestWithParam<MakeStoreWorld> {
 protected:
  StoreConformance() : world_(GetParam()()) {}

  // A dossier of region 16 in 2025-2026, parts A and B and extra care written.
  CreateCommand NewDossier(absl::string_view pgn, absl::string_view school = "school");
  absl::StatusOr<DossierRow> Create(const CreateCommand& command);
  absl::StatusOr<DossierRow> Get(absl::string_view organisation, const DossierId& id);
  MutateCommand Mutation(absl::string_view organisation, const DossierId& id, Decide decide);
  MutateCommand Erasing(absl::string_view organisation, const DossierId& id);
  absl::StatusOr<DossierRow> Mutate(const MutateCommand& command);
  // A new dossier, applied for and sent to mbo.
  absl::StatusOr<DossierRow> Sent(absl::string_view pgn);

  std::unique_ptr<StoreWorld> world_;
};

}  // namespace vsv::dossiers::testing

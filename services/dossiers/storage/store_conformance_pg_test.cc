#include "services/dossiers/testing/store_conformance.h"

#include "services/dossiers/storage/coalescing_dossier_store.h"
#include "services/dossiers/storage/test_world.h"

namespace vsv::dossiers {
namespace {

class PgWorld : public testing::StoreWorld {
 public:
  DossierStore& dossiers() override { return world_.store(); }

  RelatedStore& related() override { return world_.related(); }

  Asker As(absl::string_view organisation) override { return world_.As(organisation); }

  std::string NewId() override { return world_.NewId(); }

 private:
  TestWorld world_;
};

std::unique_ptr<testing::StoreWorld> MakePgWorld() {
  return std::make_unique<PgWorld>();
}

class CoalescingWorld : public PgWorld {
 public:
  DossierStore& dossiers() override { return store_; }

 private:
  base::SystemClock clock_;
  CoalescingDossierStore store_{PgWorld::dossiers(), PgWorld::dossiers(), clock_, {}};
};

std::unique_ptr<testing::StoreWorld> MakeCoalescingWorld() {
  return std::make_unique<CoalescingWorld>();
}

using testing::StoreConformance;
INSTANTIATE_TEST_SUITE_P(Pg, StoreConformance, ::testing::Values(&MakePgWorld));
INSTANTIATE_TEST_SUITE_P(Coalescing, StoreConformance, ::testing::Values(&MakeCoalescingWorld));

}  // namespace
}  // namespace vsv::dossiers

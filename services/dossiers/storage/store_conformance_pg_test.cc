#include "services/dossiers/testing/store_conformance.h"

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

using testing::StoreConformance;
INSTANTIATE_TEST_SUITE_P(Pg, StoreConformance, ::testing::Values(&MakePgWorld));

}  // namespace
}  // namespace vsv::dossiers

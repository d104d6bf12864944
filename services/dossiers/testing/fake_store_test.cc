#include "services/dossiers/testing/fake_store.h"

#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "services/dossiers/testing/builders.h"
#include "services/dossiers/testing/store_conformance.h"

namespace vsv::dossiers::testing {
namespace {

class FakeWorld : public StoreWorld {
 public:
  DossierStore& dossiers() override { return store_; }

  RelatedStore& related() override { return store_; }

  Asker As(absl::string_view organisation) override { return AskerOf(organisation); }

  std::string NewId() override { return base::NewUuidV7(clock_); }

 private:
  FakeStore store_;
  base::SystemClock clock_;
};

std::unique_ptr<StoreWorld> MakeFakeWorld() {
  return std::make_unique<FakeWorld>();
}

INSTANTIATE_TEST_SUITE_P(Fake, StoreConformance, ::testing::Values(&MakeFakeWorld));

}  // namespace
}  // namespace vsv::dossiers::testing

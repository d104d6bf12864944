#include "services/programs/testing/fake_stores.h"

#include "services/programs/testing/store_conformance.h"

namespace vsv::programs {
namespace {

struct FakeBackend {
  Stores stores() { return fakes.AsStores(); }

  void Count(std::vector<CounterValue> values, absl::Time as_of) {
    fakes.database.counters = std::move(values);
    fakes.database.dossiers_as_of = as_of;
  }

  base::SystemClock clock;
  FakeStores fakes{clock};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, StoreConformance, ::testing::Types<FakeBackend>);

}  // namespace
}  // namespace vsv::programs

#include "services/outcomes/testing/fake_stores.h"

#include "services/outcomes/testing/cohort_conformance.h"
#include "services/outcomes/testing/figure_conformance.h"

namespace vsv::outcomes {
namespace {

class FakeBackend {
 public:
  IndicatorStore& indicators() { return stores_; }

  AmbitionStore& ambitions() { return stores_; }

  FigureStore& figures() { return stores_; }

  CohortStore& cohorts() { return stores_; }

 private:
  FakeOutcomesStores stores_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, FigureConformance, FakeBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, AmbitionConformance, FakeBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, CohortConformance, FakeBackend);

}  // namespace
}  // namespace vsv::outcomes

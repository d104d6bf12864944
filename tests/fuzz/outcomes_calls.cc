// Requests of outcomes through its server, on stores in memory.
#include "services/outcomes/api/cohort_service.h"
#include "services/outcomes/api/outcomes_service.h"
#include "services/outcomes/testing/fake_stores.h"
#include "tests/fuzz/calls.h"
#include "tests/fuzz/everyone.h"

namespace {

namespace outcomes = vsv::outcomes;

class Figures : public vsv::fuzz::World {
 public:
  Figures() {
    vsv::fuzz::AdmitEveryone(callers_, "roc-midden-nederland");
    server_.Start({&outcomes_, &cohorts_});
  }

  ~Figures() override { server_.Stop(); }

  std::shared_ptr<grpc::Channel> channel() override { return server_.channel(); }

  std::string CallerFor(const vsv::policy::v1::MethodPolicy&) override {
    return vsv::fuzz::kEveryone;
  }

 private:
  const vsv::base::SystemClock clock_{};
  vsv::testing::FakeCallers callers_;
  vsv::testing::InProcessServer server_{"outcomes", callers_, clock_};
  const vsv::aip::PageTokens tokens_{std::string(32, 'k')};
  const outcomes::PupilKeys keys_{std::string(32, 'p')};
  outcomes::FakeOutcomesStores stores_;
  outcomes::OutcomesService outcomes_{server_.runtime(),
                                      {stores_, stores_, stores_, tokens_, clock_}};
  outcomes::CohortService cohorts_{server_.runtime(), {stores_, tokens_, keys_, 5}};
};

}  // namespace

vsv::fuzz::Calls& vsv::fuzz::TheCalls() {
  static auto* calls =
      new vsv::fuzz::Calls({"vsv.outcomes.v1.OutcomesService", "vsv.outcomes.v1.CohortService"},
                           [] { return std::make_unique<Figures>(); });
  return *calls;
}

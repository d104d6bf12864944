// Requests of programs through its server, on stores in memory.
#include "libs/aip/page_token.h"
#include "services/programs/api/measures_service.h"
#include "services/programs/api/programs_service.h"
#include "services/programs/testing/fake_figures_directory.h"
#include "services/programs/testing/fake_stores.h"
#include "tests/fuzz/calls.h"
#include "tests/fuzz/everyone.h"

namespace {

namespace programs = vsv::programs;

class Programmes : public vsv::fuzz::World {
 public:
  Programmes() {
    roles_.Set("16", "gemeente-amersfoort", {programs::ProgrammeRole::kContactMunicipality});
    vsv::fuzz::AdmitEveryone(callers_, "gemeente-amersfoort");
    server_.Start({&programs_, &measures_});
  }

  ~Programmes() override { server_.Stop(); }

  std::shared_ptr<grpc::Channel> channel() override { return server_.channel(); }

  std::string CallerFor(const vsv::policy::v1::MethodPolicy&) override {
    return vsv::fuzz::kEveryone;
  }

 private:
  const vsv::base::SystemClock clock_{};
  vsv::testing::FakeCallers callers_;
  vsv::testing::InProcessServer server_{"programs", callers_, clock_};
  const vsv::aip::PageTokens tokens_{std::string(32, 'k')};
  programs::FakeStores stores_{clock_};
  programs::FakeRegionRoles roles_;
  programs::FakeFiguresDirectory figures_;
  const programs::Permissions permissions_{roles_, stores_.AsStores()};
  programs::ProgramsService programs_{server_.runtime(), stores_.AsStores(), permissions_,
                                      tokens_,           figures_,           {}};
  programs::MeasuresService measures_{server_.runtime(), stores_.AsStores(), permissions_, tokens_};
};

}  // namespace

vsv::fuzz::Calls& vsv::fuzz::TheCalls() {
  static auto* calls =
      new vsv::fuzz::Calls({"vsv.programs.v1.ProgramsService", "vsv.programs.v1.MeasuresService"},
                           [] { return std::make_unique<Programmes>(); });
  return *calls;
}

// Requests of dossiers through its server, on stores in memory.
#include "services/dossiers/testing/api_world.h"
#include "tests/fuzz/calls.h"

#include <algorithm>

namespace {

class Dossiers : public vsv::fuzz::World {
 public:
  std::shared_ptr<grpc::Channel> channel() override { return world_.channel(); }

  std::string CallerFor(const vsv::policy::v1::MethodPolicy& policy) override {
    const auto& roles = policy.roles();
    const bool school =
        std::find(roles.begin(), roles.end(), vsv::policy::v1::ROLE_SCHOOL) != roles.end();
    return school ? "school" : "mbo";
  }

 private:
  vsv::dossiers::testing::ApiWorld world_;
};

}  // namespace

vsv::fuzz::Calls& vsv::fuzz::TheCalls() {
  static auto* calls =
      new vsv::fuzz::Calls({"vsv.dossiers.v1.DossierService", "vsv.dossiers.v1.ImportService",
                            "vsv.dossiers.v1.TransferService", "vsv.dossiers.v1.ApplicationService",
                            "vsv.dossiers.v1.ConsentService", "vsv.dossiers.v1.HandoverService",
                            "vsv.dossiers.v1.ErasureService"},
                           [] { return std::make_unique<Dossiers>(); });
  return *calls;
}

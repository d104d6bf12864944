// Requests of dossiers through its server, on stores in memory.
#include "services/dossiers/testing/api_world.h"
#include "tests/fuzz/calls.h"
#include "tests/fuzz/property.h"

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

vsv::fuzz::Calls& TheCalls() {
  static auto* calls =
      new vsv::fuzz::Calls({"vsv.dossiers.v1.DossierService", "vsv.dossiers.v1.TransferService",
                            "vsv.dossiers.v1.ApplicationService", "vsv.dossiers.v1.ConsentService",
                            "vsv.dossiers.v1.HandoverService"},
                           [] { return std::make_unique<Dossiers>(); });
  return *calls;
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  return vsv::fuzz::MutateRequest(TheCalls().methods(), data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  TheCalls().One(vsv::fuzz::Text(data, size));
  return 0;
}

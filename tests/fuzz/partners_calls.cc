// Requests of partners through its server, on the register in memory.
#include "libs/aip/page_token.h"
#include "services/partners/api/agreement_service.h"
#include "services/partners/api/authorisation_service.h"
#include "services/partners/api/partners_service.h"
#include "services/partners/api/region_service.h"
#include "services/partners/testing/fake_register.h"
#include "tests/fuzz/calls.h"
#include "tests/fuzz/everyone.h"

namespace {

namespace partners = vsv::partners;

// Streams are not called here.
class NoFeed : public partners::DirectoryFeed {
 public:
  absl::StatusOr<partners::DirectoryBatch> Next(const std::string&, const std::string&,
                                                absl::Time) override {
    return partners::DirectoryBatch();
  }
};

class NoWake : public vsv::rpc::WakeSource {
 public:
  uint64_t Told() const override { return 0; }

  uint64_t Await(uint64_t, absl::Time, std::function<void()>) override { return 1; }

  void Cancel(uint64_t) override {}
};

class Register : public vsv::fuzz::World {
 public:
  Register() {
    vsv::fuzz::AdmitEveryone(callers_, "keeper");
    server_.Start({&partners_, &regions_, &agreements_, &authorisations_});
  }

  ~Register() override { server_.Stop(); }

  std::shared_ptr<grpc::Channel> channel() override { return server_.channel(); }

  std::string CallerFor(const vsv::policy::v1::MethodPolicy&) override {
    return vsv::fuzz::kEveryone;
  }

 private:
  const vsv::base::SystemClock clock_{};
  vsv::testing::FakeCallers callers_;
  vsv::testing::InProcessServer server_{"partners", callers_, clock_};
  const vsv::aip::PageTokens tokens_{std::string(32, 'k')};
  partners::FakeRegister registry_;
  const partners::HandlerContext context_{registry_.stores(), clock_, tokens_};
  NoFeed feed_;
  NoWake wake_;
  partners::PartnersService partners_{server_.runtime(), context_, feed_, wake_};
  partners::RegionService regions_{server_.runtime(), context_};
  partners::AgreementService agreements_{server_.runtime(), context_};
  partners::AuthorisationService authorisations_{server_.runtime(), context_};
};

}  // namespace

vsv::fuzz::Calls& vsv::fuzz::TheCalls() {
  static auto* calls = new vsv::fuzz::Calls(
      {"vsv.partners.v1.PartnersService", "vsv.partners.v1.RegionService",
       "vsv.partners.v1.AgreementService", "vsv.partners.v1.AuthorisationService"},
      [] { return std::make_unique<Register>(); });
  return *calls;
}

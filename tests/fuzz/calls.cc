#include "tests/fuzz/calls.h"

#include "libs/errors/errors.h"
#include "libs/policy/method_policy.h"
#include "libs/rpc/dynamic_call.h"
#include "tests/fuzz/property.h"

#include "absl/strings/str_cat.h"

namespace vsv::fuzz {
namespace {

constexpr int kCallsOfAWorld = 500;
// Where the server in this process reads who calls (libs/testing/in_process_server.h).
constexpr char kCallerKey[] = "test-oin";

}  // namespace

Calls::Calls(const std::vector<std::string>& services, std::function<std::unique_ptr<World>()> make)
    : methods_(AnsweredMethodsOf(services)), make_(std::move(make)) {}

void Calls::One(absl::string_view input) {
  const Request request = ReadRequest(methods_, input);
  if (request.message == nullptr) return;
  if (world_ == nullptr || ++calls_ % kCallsOfAWorld == 0) {
    world_.reset();
    world_ = make_();
  }
  const auto policy = policy::PolicyOf(
      absl::StrCat("/", request.method->service()->full_name(), "/", request.method->name()));
  Demand(policy.has_value(), "every method has a policy");
  const rpc::CallMetadata metadata = {
      {kCallerKey, world_->CallerFor(*policy)},
      {"vsv-purpose", policy::PurposeName(static_cast<policy::v1::Purpose>(policy->purposes(0)))}};
  const absl::Status status = rpc::CallUnary(world_->channel(), *request.method, *request.message,
                                             metadata, absl::Seconds(20))
                                  .status();
  if (status.ok()) return;
  const auto detail = errors::DetailOf(status);
  Demand(detail.has_value() && !detail->reason.empty(), status.ToString());
  Demand(
      status.code() != absl::StatusCode::kInternal && status.code() != absl::StatusCode::kUnknown,
      status.ToString());
  Demand(detail->violations.size() <= 1000, "no answer of any length");
}

}  // namespace vsv::fuzz

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  return vsv::fuzz::MutateRequest(vsv::fuzz::TheCalls().methods(), data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  vsv::fuzz::TheCalls().One(vsv::fuzz::Text(data, size));
  return 0;
}

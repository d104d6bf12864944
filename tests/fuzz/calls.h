// Requests through a whole server in this process, on stores in memory: admission, field behaviour,
// parsing, validation, domain, reply.
#pragma once

#include "tests/fuzz/request.h"

#include "vsv/policy/v1/policy.pb.h"

#include "grpcpp/channel.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vsv::fuzz {

// A server with nothing in it yet.
class World {
 public:
  virtual ~World() = default;
  virtual std::shared_ptr<grpc::Channel> channel() = 0;
  // The OIN of a caller who may call a method with this policy.
  virtual std::string CallerFor(const policy::v1::MethodPolicy& policy) = 0;
};

class Calls {
 public:
  // `services`: full names. The world is made anew now and then, so that it does not grow.
  Calls(const std::vector<std::string>& services, std::function<std::unique_ptr<World>()> make);

  // Makes the call. Every answer must be a reply, or a refusal with a reason; nothing internal.
  void One(absl::string_view input);

  const Methods& methods() const { return methods_; }

 private:
  const Methods methods_;
  const std::function<std::unique_ptr<World>()> make_;
  std::unique_ptr<World> world_;
  int calls_ = 0;
};

// Those that a target attacks; each target defines it.
Calls& TheCalls();

}  // namespace vsv::fuzz

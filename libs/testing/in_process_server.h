// A real server (interceptor, admission, policy, worker pool, status bridge) over an in-process
// channel, whose callers are whom the test says they are; rpc::FromGrpc turns what a stub returns
// into a status for HasReason and StatusIs. Mutual TLS itself is tested by libs/rpc.
#pragma once

#include "libs/base/clock.h"
#include "libs/obs/metrics.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vsv::testing {

// Callers by OIN, for tests that need no register. Thread-safe.
class FakeCallers : public rpc::CallerResolver {
 public:
  // From now on calls with this OIN are by `caller`, to whom every purpose is permitted; the
  // purpose is what the call's metadata says, if anything.
  void Set(const std::string& oin, rpc::Caller caller);
  absl::StatusOr<rpc::Caller> Resolve(const rpc::PeerIdentity& peer, absl::string_view service,
                                      absl::Time now) override;

 private:
  std::mutex mutex_;
  std::map<std::string, rpc::Caller> callers_;
};

class InProcessServer {
 public:
  // `service` is the area, e.g. "dossiers". The references must outlive the server. Services are
  // made with runtime() and registered by Start.
  InProcessServer(std::string service, rpc::CallerResolver& callers, const base::Clock& clock);
  ~InProcessServer();
  InProcessServer(const InProcessServer&) = delete;
  InProcessServer& operator=(const InProcessServer&) = delete;

  rpc::Runtime& runtime() { return *runtime_; }

  // Aborts when it does not start.
  void Start(const std::vector<grpc::Service*>& services);
  void Stop();

  template <typename Service>
  std::unique_ptr<typename Service::Stub> Stub() {
    return Service::NewStub(channel_);
  }

  std::shared_ptr<grpc::Channel> channel() { return channel_; }

  // Context of one call as the organisation with this OIN, for `purpose` ("transition"; "" = none
  // named), optionally on behalf of another OIN. Deadline: 30 s.
  static std::unique_ptr<grpc::ClientContext> As(const std::string& oin,
                                                 const std::string& purpose = "",
                                                 const std::string& on_behalf_of = "");
  // Context of one call as one of our own services.
  static std::unique_ptr<grpc::ClientContext> AsService(const std::string& name);

 private:
  obs::Metrics metrics_;
  std::unique_ptr<rpc::Runtime> runtime_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace vsv::testing

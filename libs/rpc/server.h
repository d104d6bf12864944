// A gRPC server in its final shape: mutual TLS, limits, health, one interceptor,
// graceful drain.
#pragma once

#include "libs/rpc/connection_guard.h"
#include "libs/rpc/transport_log.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace vsv::rpc {

class Runtime;

struct ServerOptions {
  std::string listen_address = "127.0.0.1:0";
  std::shared_ptr<grpc::ServerCredentials> credentials;
  std::vector<grpc::Service*> services;  // not owned
  // Whether the service can answer; asked every second, and health v1 says SERVING or NOT_SERVING
  // by it.
  std::function<absl::Status()> ready;
  size_t memory_quota_bytes = size_t{256} << 20;  // of gRPC's buffers
  int max_receive_bytes = 4 << 20;
  // Resident memory from which on the connections that send most are ended; 0: never.
  uint64_t memory_limit_bytes = 0;
  // Handshakes that one address may have open or failed (tls_guard.h); 0: any number.
  int handshakes_per_address = 0;
  absl::Duration drain_time = absl::Seconds(10);  // what calls in flight get to finish
};

// Running from Start to Stop.
class Server {
 public:
  // UNAVAILABLE when the address cannot be bound, naming it and what to do.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options, Runtime& runtime);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }

  // In-process channel to this server, for tests.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  // Health says NOT_SERVING, new calls are refused, streams end, calls in flight finish within
  // drain_time.
  void Stop();

 private:
  Server(ServerOptions options, Runtime& runtime);
  void WatchReadiness();
  void Tell(const FloodReport& report);

  const ServerOptions options_;
  Runtime& runtime_;
  const TransportLog transport_log_;  // outlives the server, which logs to its end
  const ConnectionGuard guard_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  absl::Notification stopping_;
  std::thread readiness_;
};

// Blocks SIGINT and SIGTERM in this and all threads started later; call first in main.
void BlockTerminationSignals();
// Waits for one of them.
void AwaitTermination();

}  // namespace vsv::rpc

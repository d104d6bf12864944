#include "libs/rpc/server.h"

#include "libs/obs/log.h"
#include "libs/rpc/accept.h"
#include "libs/rpc/call_interceptor.h"
#include "libs/rpc/runtime.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/server_builder.h"

#include <csignal>
#include <string>
#include <utility>

namespace vsv::rpc {
namespace {

// Debian's gRPC is old; these bounds are what keeps one client from exhausting it (see
// docs/SECURITY.md).
void SetLimits(grpc::ServerBuilder& builder, const ServerOptions& options) {
  grpc::ResourceQuota quota("vsv");
  quota.Resize(options.memory_quota_bytes);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT,
                             0);  // a second server on the port must fail, not share it
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 256);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 16 * 1024);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 3'600'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 3);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
}

sigset_t TerminationSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Server::Server(ServerOptions options, Runtime& runtime)
    : options_(std::move(options)),
      runtime_(runtime),
      transport_log_(runtime.metrics()),
      guard_({.limit_bytes = options_.memory_limit_bytes,
              .on_ended =
                  [this](int ended, uint64_t resident) {
                    for (int i = 0; i < ended; ++i)
                      runtime_.metrics().CallShed("connection", "memory");
                    obs::Log(obs::Severity::kWarning, "connections ended: memory",
                             {{"ended", std::to_string(ended)},
                              {"resident_mib", std::to_string(resident >> 20)}});
                  },
              .on_flood = [this](const FloodReport& report) { Tell(report); }}) {}

void Server::Tell(const FloodReport& report) {
  obs::Metrics& metrics = runtime_.metrics();
  for (const FloodReport::Suspension& suspension : report.suspensions) {
    metrics.CallShed("connection", absl::StrCat("flood: ", suspension.flood));
    obs::Log(obs::Severity::kWarning, "certificate suspended",
             {{"cause", suspension.flood},
              {"organisation", suspension.organisation},
              {"certificate", suspension.thumbprint},
              {"for", absl::FormatDuration(suspension.duration)}});
  }
  const auto refused = [&metrics](uint64_t connections, const char* cause) {
    if (connections == 0) return;
    for (uint64_t i = 0; i < connections; ++i) metrics.CallShed("connection", cause);
    obs::Log(obs::Severity::kWarning, "connections refused",
             {{"cause", cause}, {"refused", std::to_string(connections)}});
  };
  refused(report.refused_addresses, "handshakes of the address");
  refused(report.refused_certificates, "suspended, or too many");
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options, Runtime& runtime) {
  KeepAccepting();
  LimitHandshakes(options.handshakes_per_address);
  grpc::EnableDefaultHealthCheckService(true);
  std::unique_ptr<Server> server(new Server(std::move(options), runtime));
  grpc::ServerBuilder builder;
  builder.AddListeningPort(server->options_.listen_address, server->options_.credentials,
                           &server->port_);
  for (grpc::Service* service : server->options_.services) builder.RegisterService(service);
  SetLimits(builder, server->options_);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(MakeCallInterceptorFactory());
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || server->port_ == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", server->options_.listen_address,
                     ": is the port in use? Choose another by --listen_address"));
  }
  server->server_->GetHealthCheckService()->SetServingStatus(false);
  server->readiness_ = std::thread([raw = server.get()] { raw->WatchReadiness(); });
  return server;
}

Server::~Server() {
  Stop();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void Server::WatchReadiness() {
  bool serving = false;
  do {
    const absl::Status status = options_.ready ? options_.ready() : absl::OkStatus();
    if (status.ok() != serving) {
      serving = status.ok();
      server_->GetHealthCheckService()->SetServingStatus(serving);
      obs::Log(serving ? obs::Severity::kInfo : obs::Severity::kWarning,
               serving ? "serving" : "not serving", {{"cause", std::string(status.message())}});
    }
  } while (!stopping_.WaitForNotificationWithTimeout(serving ? absl::Seconds(1)
                                                             : absl::Milliseconds(100)));
}

void Server::Stop() {
  if (server_ == nullptr || stopping_.HasBeenNotified()) return;
  stopping_.Notify();
  readiness_.join();
  server_->GetHealthCheckService()->SetServingStatus(false);
  runtime_.Drain();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain_time));
  server_->Wait();
}

void BlockTerminationSignals() {
  const sigset_t signals = TerminationSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void AwaitTermination() {
  const sigset_t signals = TerminationSignals();
  int received = 0;
  sigwait(&signals, &received);
  obs::Log(obs::Severity::kInfo, "stopping",
           {{"signal", received == SIGINT ? "SIGINT" : "SIGTERM"}});
}

}  // namespace vsv::rpc

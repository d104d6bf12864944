// TLS credentials of servers and of calls between services.
#pragma once

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/security/server_credentials.h"

#include <memory>
#include <string>

namespace vsv::rpc {

// Paths of PEM files.
struct TlsFiles {
  std::string certificate;  // chain, own certificate first
  std::string key;
  std::string ca;  // roots that the other side's certificate must lead to
};

// Server credentials that refuse, at the handshake, a peer without a certificate of our roots.
// FAILED_PRECONDITION when a file cannot be read, naming it.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const TlsFiles& files);

// A channel to another service by mutual TLS; reconnects by itself, keeps the connection alive.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const std::string& address,
                                                           const TlsFiles& files);

// Likewise, to follow a feed over. Of a stream hardly more is taken in advance than the message
// that is being read: what changes again and again while one is applied is then sent once, as the
// next one, instead of waiting in line as often as it changed. So who fell behind becomes level,
// however fast the feed is written to.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeFollowingChannel(const std::string& address,
                                                                    const TlsFiles& files);

}  // namespace vsv::rpc

#include "libs/rpc/tls.h"

#include "libs/base/status_macros.h"

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

#include <fstream>
#include <sstream>
#include <utility>

namespace vsv::rpc {
namespace {

constexpr int kFollowedInAdvance = 1024;  // bytes of a stream

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file || content.str().empty()) {
    return absl::FailedPreconditionError(absl::StrCat("cannot read the PEM file '", path, "'"));
  }
  return content.str();
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& address,
                                                       const TlsFiles& files,
                                                       grpc::ChannelArguments arguments) {
  grpc::SslCredentialsOptions options;
  VSV_ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(files.ca));
  VSV_ASSIGN_OR_RETURN(options.pem_private_key, ReadFile(files.key));
  VSV_ASSIGN_OR_RETURN(options.pem_cert_chain, ReadFile(files.certificate));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const TlsFiles& files) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  VSV_ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(files.ca));
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  VSV_ASSIGN_OR_RETURN(pair.private_key, ReadFile(files.key));
  VSV_ASSIGN_OR_RETURN(pair.cert_chain, ReadFile(files.certificate));
  options.pem_key_cert_pairs.push_back(std::move(pair));
  return grpc::SslServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const std::string& address,
                                                           const TlsFiles& files) {
  return Connect(address, files, grpc::ChannelArguments());
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeFollowingChannel(const std::string& address,
                                                                    const TlsFiles& files) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kFollowedInAdvance);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);  // would raise it again
  return Connect(address, files, std::move(arguments));
}

}  // namespace vsv::rpc

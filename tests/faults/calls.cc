#include "tests/faults/calls.h"

#include "libs/errors/errors.h"
#include "libs/obs/trace.h"

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace vsv::faults {

std::shared_ptr<grpc::Channel> InsistentChannel(const std::string& address,
                                                const ChannelKeys& keys) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = keys.root;
  options.pem_cert_chain = keys.certificate;
  options.pem_private_key = keys.key;
  grpc::ChannelArguments arguments;
  // After a kill the clients are back as soon as the server is.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  // In spite of its name the time that one attempt may take, handshake included.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5'000);
  // A connection on which nothing comes back any more is given up for a new one.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 10'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 2'000);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

rpc::CallMetadata MetadataOf(const char* purpose, std::string& trace) {
  trace = obs::NewTraceId();
  return {{"vsv-purpose", purpose}, {"traceparent", obs::MakeTraceparent(trace)}};
}

bool MayRepeat(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted:
      return true;
    case absl::StatusCode::kAborted:
      return errors::ReasonOf(status) == "TRANSACTION_CONFLICT";
    default:
      return false;
  }
}

}  // namespace vsv::faults

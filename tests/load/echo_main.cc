// vsv-echo: the least that a gRPC server can do over the same mutual TLS, by the callback API:
// every GetOrganisation is answered with a message of --reply_bytes bytes. What PartnersService is
// measured against.
#include "libs/rpc/tls.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "grpcpp/server_builder.h"

#include <iostream>
#include <string>

ABSL_FLAG(std::string, listen_address, "127.0.0.1:7900", "Address and port to serve on");
ABSL_FLAG(std::string, certificate, "", "Path of the server's certificate and key, without suffix");
ABSL_FLAG(std::string, tls_ca, "", "Roots that client certificates must lead to");
ABSL_FLAG(int, reply_bytes, 300, "Size of a reply (about 40 to 10000)");

namespace vsv::load {
namespace {

class Echo : public partners::v1::PartnersService::CallbackService {
 public:
  explicit Echo(size_t reply_bytes) {
    while (reply_.ByteSizeLong() < reply_bytes) reply_.mutable_display_name()->push_back('x');
  }

  grpc::ServerUnaryReactor* GetOrganisation(grpc::CallbackServerContext* context,
                                            const partners::v1::GetOrganisationRequest*,
                                            partners::v1::Organisation* response) override {
    *response = reply_;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  partners::v1::Organisation reply_;
};

int Serve() {
  const std::string stem = absl::GetFlag(FLAGS_certificate);
  const auto credentials =
      rpc::MakeServerCredentials({stem + ".crt", stem + ".key", absl::GetFlag(FLAGS_tls_ca)});
  if (!credentials.ok()) {
    std::cerr << "vsv-echo: " << credentials.status().message() << "\n";
    return 1;
  }
  Echo echo(static_cast<size_t>(absl::GetFlag(FLAGS_reply_bytes)));
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::GetFlag(FLAGS_listen_address), *credentials);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.RegisterService(&echo);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  server->Wait();
  return 0;
}

}  // namespace
}  // namespace vsv::load

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return vsv::load::Serve();
}

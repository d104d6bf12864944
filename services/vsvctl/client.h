// Calls to the four services, as one organisation.
#pragma once

#include "services/vsvctl/options.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <map>
#include <memory>
#include <string>

namespace vsv::vsvctl {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// What the commands need of a connection; replaced in tests.
class Client {
 public:
  virtual ~Client() = default;
  // `method` by its full or unique short name. A request id is made where the request has none.
  // Errors: as the services give them (reason and violations by errors::DetailOf), WithRequestId;
  // NOT_FOUND for an unknown method.
  virtual absl::StatusOr<MessagePtr> Call(absl::string_view method,
                                          google::protobuf::Message& request) = 0;
  // The same, as `organisation` (an id) instead of the caller of the command line; needs its
  // certificate.
  virtual absl::StatusOr<MessagePtr> CallAs(const std::string& organisation,
                                            absl::string_view method,
                                            google::protobuf::Message& request) = 0;
};

class GrpcClient : public Client {
 public:
  explicit GrpcClient(Options options) : options_(std::move(options)) {}

  absl::StatusOr<MessagePtr> Call(absl::string_view method,
                                  google::protobuf::Message& request) override;
  absl::StatusOr<MessagePtr> CallAs(const std::string& organisation, absl::string_view method,
                                    google::protobuf::Message& request) override;

  // Channel to a service ("dossiers") as the caller of the command line. NOT_FOUND when a
  // certificate is missing, with what to do.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(const std::string& area);

 private:
  absl::StatusOr<MessagePtr> CallWith(const std::string& stem, absl::string_view method,
                                      google::protobuf::Message& request);
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& stem,
                                                         const std::string& area);

  const Options options_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // by certificate and area
};

// "dossiers" of vsv.dossiers.v1.X; audit and feed are answered by every service: `fallback`.
std::string AreaOf(const google::protobuf::MethodDescriptor& method, absl::string_view fallback);

// Certificate of an organisation among the files of <home>/pki/organisations:
// `<oin>-<organisation>.crt`, without suffix. NOT_FOUND when there is none, FAILED_PRECONDITION
// when several have that name: nobody could say which.
absl::StatusOr<std::string> CertificateStemOf(const std::string& home,
                                              const std::string& organisation);

}  // namespace vsv::vsvctl

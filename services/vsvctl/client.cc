#include "services/vsvctl/client.h"

#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/tls.h"
#include "services/vsvctl/failure.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace vsv::vsvctl {

std::string AreaOf(const google::protobuf::MethodDescriptor& method, absl::string_view fallback) {
  const std::vector<std::string> parts = absl::StrSplit(method.service()->full_name(), '.');
  const bool shared = parts.size() < 2 || parts[1] == "audit" || parts[1] == "feed";
  return shared ? std::string(fallback) : parts[1];
}

absl::StatusOr<std::string> CertificateStemOf(const std::string& home,
                                              const std::string& organisation) {
  const std::filesystem::path place = std::filesystem::path(home) / "pki" / "organisations";
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(place, error)) {
    if (entry.path().extension() != ".crt") continue;
    const std::string stem = entry.path().stem().string();
    const size_t hyphen = stem.find('-');  // an OIN has none, an id may
    if (hyphen != std::string::npos && stem.substr(hyphen + 1) == organisation) {
      found.push_back(stem);
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "there is no certificate of ", organisation, " in ", place.string(),
        "; make one: ./run cert --oin OIN --organisation ", organisation, " --purpose PURPOSE"));
  }
  std::sort(found.begin(), found.end());
  return absl::FailedPreconditionError(
      absl::StrCat(organisation, " has several certificates in ", place.string(), ": ",
                   absl::StrJoin(found, ", "), "; leave the one that is in use"));
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> GrpcClient::Connect(const std::string& stem,
                                                                   const std::string& area) {
  std::shared_ptr<grpc::Channel>& channel = channels_[absl::StrCat(stem, " ", area)];
  if (channel != nullptr) return channel;
  const std::string base = absl::StrCat(options_.home, "/pki/organisations/", stem);
  const auto or_else = [](const std::string& given, std::string otherwise) {
    return given.empty() ? std::move(otherwise) : given;
  };
  const bool own = stem == options_.as;
  rpc::TlsFiles files;
  files.certificate = or_else(own ? options_.tls_certificate : "", base + ".crt");
  files.key = or_else(own ? options_.tls_key : "", base + ".key");
  files.ca = or_else(options_.tls_ca, absl::StrCat(options_.home, "/pki/ca.crt"));
  if (own && stem.empty() && options_.tls_certificate.empty()) {
    return absl::InvalidArgumentError(
        "say who calls: --as OIN (or VSV_AS); its certificate must be in "
        "<home>/pki/organisations, see ./run cert");
  }
  std::error_code error;
  if (!std::filesystem::exists(files.certificate, error)) {
    return absl::NotFoundError(absl::StrCat("there is no certificate ", files.certificate,
                                            "; make one: ./run cert --oin OIN --purpose PURPOSE"));
  }
  VSV_ASSIGN_OR_RETURN(channel, rpc::MakeChannel(options_.addresses.at(area), files));
  return channel;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> GrpcClient::ChannelTo(const std::string& area) {
  return Connect(options_.as, area);
}

absl::StatusOr<MessagePtr> GrpcClient::CallWith(const std::string& stem, absl::string_view method,
                                                google::protobuf::Message& request) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* descriptor,
                       rpc::FindMethod(method));
  rpc::FillRequestId(request);
  VSV_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel,
                       Connect(stem, AreaOf(*descriptor, "dossiers")));
  rpc::CallMetadata metadata;
  if (!options_.call_purpose.empty()) metadata["vsv-purpose"] = options_.call_purpose;
  if (!options_.on_behalf_of.empty()) metadata["vsv-on-behalf-of"] = options_.on_behalf_of;
  absl::StatusOr<MessagePtr> reply =
      rpc::CallUnary(channel, *descriptor, request, metadata, options_.timeout);
  if (!reply.ok()) return WithRequestId(reply.status(), rpc::RequestIdOf(request));
  return reply;
}

absl::StatusOr<MessagePtr> GrpcClient::Call(absl::string_view method,
                                            google::protobuf::Message& request) {
  return CallWith(options_.as, method, request);
}

absl::StatusOr<MessagePtr> GrpcClient::CallAs(const std::string& organisation,
                                              absl::string_view method,
                                              google::protobuf::Message& request) {
  VSV_ASSIGN_OR_RETURN(const std::string stem, CertificateStemOf(options_.home, organisation));
  return CallWith(stem, method, request);
}

}  // namespace vsv::vsvctl

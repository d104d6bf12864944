#include "libs/testing/in_process_server.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/peer.h"

#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/security/server_credentials.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace vsv::testing {
namespace {

// What stands for the certificate here.
constexpr char kOinKey[] = "test-oin";
constexpr char kServiceKey[] = "test-service";

absl::StatusOr<rpc::PeerIdentity> Identify(const grpc::ServerContextBase& context) {
  rpc::PeerIdentity identity;
  VSV_ASSIGN_OR_RETURN(identity.oin, rpc::SingleMetadata(context, kOinKey));
  VSV_ASSIGN_OR_RETURN(identity.service, rpc::SingleMetadata(context, kServiceKey));
  VSV_ASSIGN_OR_RETURN(identity.purpose_metadata, rpc::SingleMetadata(context, "vsv-purpose"));
  VSV_ASSIGN_OR_RETURN(identity.on_behalf_of_metadata,
                       rpc::SingleMetadata(context, "vsv-on-behalf-of"));
  if (identity.oin.empty() && identity.service.empty())
    return errors::CredentialInvalid("no client certificate");
  identity.certificate_thumbprint = absl::StrCat("thumbprint-of-", identity.oin, identity.service);
  return identity;
}

std::unique_ptr<grpc::ClientContext> NewContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  return context;
}

}  // namespace

void FakeCallers::Set(const std::string& oin, rpc::Caller caller) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (caller.acting_organisation_id.empty()) caller.acting_organisation_id = caller.organisation_id;
  for (int i = policy::v1::Purpose_MIN + 1; i <= policy::v1::Purpose_MAX; ++i) {
    caller.permitted_purposes.insert(static_cast<policy::v1::Purpose>(i));
  }
  callers_.insert_or_assign(oin, std::move(caller));
}

absl::StatusOr<rpc::Caller> FakeCallers::Resolve(const rpc::PeerIdentity& peer,
                                                 absl::string_view /*service*/,
                                                 absl::Time /*now*/) {
  rpc::Caller caller;
  if (!peer.service.empty()) {
    caller.organisation_id = caller.acting_organisation_id = peer.service;
    caller.roles = {policy::v1::ROLE_SERVICE};
    caller.purpose = policy::v1::PURPOSE_PROJECTION;
    return caller;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found =
        callers_.find(peer.on_behalf_of_metadata.empty() ? peer.oin : peer.on_behalf_of_metadata);
    if (found == callers_.end()) return errors::CredentialInvalid("unknown organisation");
    caller = found->second;
  }
  if (!peer.purpose_metadata.empty() &&
      !policy::v1::Purpose_Parse(
          absl::StrCat("PURPOSE_", absl::AsciiStrToUpper(peer.purpose_metadata)),
          &caller.purpose)) {
    return errors::PurposeNotPermitted("no such purpose");
  }
  return caller;
}

InProcessServer::InProcessServer(std::string service, rpc::CallerResolver& callers,
                                 const base::Clock& clock) {
  rpc::RuntimeOptions options;
  options.service = std::move(service);
  options.identify = Identify;
  runtime_ = std::make_unique<rpc::Runtime>(std::move(options), callers, clock, metrics_);
}

InProcessServer::~InProcessServer() {
  Stop();
}

void InProcessServer::Start(const std::vector<grpc::Service*>& services) {
  rpc::ServerOptions options;
  options.credentials = grpc::InsecureServerCredentials();
  options.services = services;
  options.drain_time = absl::Seconds(2);
  auto server = rpc::Server::Start(std::move(options), *runtime_);
  if (!server.ok()) {
    std::fprintf(stderr, "libs/testing: %s\n", server.status().ToString().c_str());
    std::abort();
  }
  server_ = *std::move(server);
  channel_ = server_->InProcessChannel();
}

void InProcessServer::Stop() {
  channel_.reset();
  server_.reset();
}

std::unique_ptr<grpc::ClientContext> InProcessServer::As(const std::string& oin,
                                                         const std::string& purpose,
                                                         const std::string& on_behalf_of) {
  auto context = NewContext();
  context->AddMetadata(kOinKey, oin);
  if (!purpose.empty()) context->AddMetadata("vsv-purpose", purpose);
  if (!on_behalf_of.empty()) context->AddMetadata("vsv-on-behalf-of", on_behalf_of);
  return context;
}

std::unique_ptr<grpc::ClientContext> InProcessServer::AsService(const std::string& name) {
  auto context = NewContext();
  context->AddMetadata(kServiceKey, name);
  return context;
}

}  // namespace vsv::testing

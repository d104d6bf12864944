#include "deploy/dev/story/stage.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/tls.h"

#include "vsv/partners/v1/authorisation_service.pb.h"
#include "vsv/partners/v1/partners_service.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace vsv::story {
namespace {

namespace partners = ::vsv::partners::v1;

std::string AreaOf(const google::protobuf::MethodDescriptor& method) {
  const std::vector<std::string> parts = absl::StrSplit(method.service()->full_name(), '.');
  // Audit and feed are answered by every service; the story asks dossiers.
  return parts[1] == "audit" || parts[1] == "feed" ? "dossiers" : parts[1];
}

absl::Status RunScript(const std::vector<std::string>& command) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    return absl::FailedPreconditionError(absl::StrCat(command[0], " ", command[1], " failed"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Thumbprint(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream pem;
  pem << file.rdbuf();
  VSV_ASSIGN_OR_RETURN(const rpc::CertificateFacts facts, rpc::ReadCertificate(pem.str()));
  return facts.thumbprint;
}

}  // namespace

absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Actor::CallDynamic(
    absl::string_view method, google::protobuf::Message& request, absl::string_view purpose,
    absl::string_view key) const {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* descriptor,
                       rpc::FindMethod(method));
  rpc::FillRequestId(request, key);
  rpc::CallMetadata metadata;
  if (!purpose.empty()) metadata["vsv-purpose"] = std::string(purpose);
  // A credential that was registered a moment ago reaches the other services within a second.
  const absl::Time patience = entered_ + absl::Seconds(5);
  while (true) {
    absl::StatusOr<std::unique_ptr<google::protobuf::Message>> reply = rpc::CallUnary(
        channels_.at(AreaOf(*descriptor)), *descriptor, request, metadata, absl::Seconds(20));
    if (errors::ReasonOf(reply.status()) != "CREDENTIAL_INVALID" || absl::Now() > patience)
      return reply;
    absl::SleepFor(absl::Milliseconds(50));
  }
}

absl::StatusOr<std::unique_ptr<Stage>> Stage::Open(StageOptions options) {
  std::unique_ptr<Stage> stage(new Stage(std::move(options)));
  const std::string certificate = absl::StrCat(stage->options_.home, "/pki/organisations/",
                                               stage->options_.register_keeper_oin);
  VSV_ASSIGN_OR_RETURN(stage->keeper_, stage->Connect("register-keeper", certificate));
  return stage;
}

absl::StatusOr<std::unique_ptr<Actor>> Stage::Connect(const std::string& id,
                                                      const std::string& certificate) const {
  const rpc::TlsFiles files = {absl::StrCat(certificate, ".crt"), absl::StrCat(certificate, ".key"),
                               absl::StrCat(options_.home, "/pki/ca.crt")};
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels;
  for (const auto& [area, address] : options_.addresses) {
    VSV_ASSIGN_OR_RETURN(channels[area], rpc::MakeChannel(address, files));
  }
  return std::make_unique<Actor>(id, certificate, std::move(channels));
}

absl::StatusOr<std::string> Stage::OinOf(const std::string& organisation_id) const {
  std::string name = absl::StrCat("organisations/", organisation_id);
  while (!name.empty()) {
    partners::GetOrganisationRequest request;
    request.set_name(name);
    VSV_ASSIGN_OR_RETURN(
        const partners::Organisation organisation,
        keeper_->Call<partners::Organisation>("GetOrganisation", request, "registry"));
    for (const partners::Identifier& identifier : organisation.identifiers()) {
      if (identifier.scheme() == partners::IDENTIFIER_SCHEME_OIN) return identifier.value();
    }
    name = organisation.parent();
  }
  return absl::NotFoundError(
      absl::StrCat(organisation_id, " has no OIN, nor has any organisation above it"));
}

absl::StatusOr<const Actor*> Stage::Enter(const std::string& organisation_id,
                                          const std::vector<policy::v1::Purpose>& purposes) {
  if (const auto known = actors_.find(organisation_id); known != actors_.end())
    return known->second.get();
  VSV_ASSIGN_OR_RETURN(const std::string oin, OinOf(organisation_id));
  // The task in the file's name is the organisation: offices share the OIN of their municipality.
  VSV_RETURN_IF_ERROR(
      RunScript({"bash", absl::StrCat(options_.source_dir, "/deploy/dev/pki.sh"), "organisation",
                 absl::StrCat(options_.home, "/pki"), oin, organisation_id, organisation_id}));
  const std::string certificate =
      absl::StrCat(options_.home, "/pki/organisations/", oin, "-", organisation_id);
  partners::CreateCredentialRequest request;
  request.set_parent(absl::StrCat("organisations/", organisation_id));
  VSV_ASSIGN_OR_RETURN(*request.mutable_credential()->mutable_thumbprint(),
                       Thumbprint(absl::StrCat(certificate, ".crt")));
  for (const policy::v1::Purpose purpose : purposes)
    request.mutable_credential()->add_purposes(purpose);
  const absl::CivilDay today = base::LocalDay(absl::Now());
  google::type::Date* start =
      request.mutable_credential()->mutable_validity()->mutable_start_date();
  start->set_year(static_cast<int>(today.year()));
  start->set_month(today.month());
  start->set_day(today.day());
  const absl::StatusOr<partners::Credential> made =
      keeper_->Call<partners::Credential>("CreateCredential", request, "registry");
  if (!made.ok() && made.status().code() != absl::StatusCode::kAlreadyExists) return made.status();
  VSV_ASSIGN_OR_RETURN(actors_[organisation_id], Connect(organisation_id, certificate));
  return actors_[organisation_id].get();
}

}  // namespace vsv::story

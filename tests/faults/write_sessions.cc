#include "tests/faults/write_sessions.h"

#include "libs/rpc/dynamic_call.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

#include <utility>

#include "deploy/dev/story/pupils.h"

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;
namespace partners = ::vsv::partners::v1;

constexpr absl::Duration kCallTime = absl::Seconds(2);

template <typename Reply>
absl::StatusOr<Reply> Call(const std::shared_ptr<grpc::Channel>& channel, const char* method,
                           const google::protobuf::Message& request, const char* purpose) {
  const auto descriptor = rpc::FindMethod(method);
  if (!descriptor.ok()) return descriptor.status();
  auto reply =
      rpc::CallUnary(channel, **descriptor, request, {{"vsv-purpose", purpose}}, kCallTime);
  if (!reply.ok()) return reply.status();
  return static_cast<Reply&&>(**reply);
}

class Organisations : public WriteSession {
 public:
  Organisations(std::shared_ptr<grpc::Channel> channel, std::string prefix)
      : channel_(std::move(channel)), prefix_(std::move(prefix)) {}

  absl::StatusOr<Written> Send(const Write& write) override {
    const absl::StatusOr<partners::Organisation> reply =
        write.version == 1 ? Create(write) : Update(write);
    if (!reply.ok()) return reply.status();
    return Written{std::string(absl::StripPrefix(reply->name(), kCollection)), reply->etag()};
  }

  absl::StatusOr<std::string> Read(const std::string& resource) override {
    partners::GetOrganisationRequest request;
    request.set_name(absl::StrCat(kCollection, resource));
    const auto reply =
        Call<partners::Organisation>(channel_, "GetOrganisation", request, "registry");
    if (!reply.ok()) return reply.status();
    return reply->display_name();
  }

 private:
  static constexpr char kCollection[] = "organisations/";

  absl::StatusOr<partners::Organisation> Create(const Write& write) {
    partners::CreateOrganisationRequest request;
    request.set_organisation_id(absl::StrCat(prefix_, "-", write.slot));
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_kind(partners::ORGANISATION_KIND_OTHER);
    request.set_request_id(write.request_id);
    return Call<partners::Organisation>(channel_, "CreateOrganisation", request, "registry");
  }

  absl::StatusOr<partners::Organisation> Update(const Write& write) {
    partners::UpdateOrganisationRequest request;
    request.mutable_organisation()->set_name(absl::StrCat(kCollection, write.resource));
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_etag(write.etag);
    request.mutable_update_mask()->add_paths("display_name");
    request.set_request_id(write.request_id);
    return Call<partners::Organisation>(channel_, "UpdateOrganisation", request, "registry");
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string prefix_;
};

class Dossiers : public WriteSession {
 public:
  Dossiers(std::shared_ptr<grpc::Channel> channel, DossierPlan plan)
      : channel_(std::move(channel)),
        plan_(std::move(plan)),
        collection_(absl::StrCat("regions/", plan_.region, "/dossiers/")) {}

  absl::StatusOr<Written> Send(const Write& write) override {
    const absl::StatusOr<dossiers::Dossier> reply =
        write.version == 1 ? Create(write) : Update(write);
    if (!reply.ok()) return reply.status();
    return Written{std::string(absl::StripPrefix(reply->name(), collection_)), reply->etag()};
  }

  absl::StatusOr<std::string> Read(const std::string& resource) override {
    dossiers::GetDossierRequest request;
    request.set_name(absl::StrCat(collection_, resource));
    const auto reply = Call<dossiers::Dossier>(channel_, "GetDossier", request, "transition");
    if (!reply.ok()) return reply.status();
    return reply->career().study_choice();
  }

 private:
  absl::StatusOr<dossiers::Dossier> Create(const Write& write) {
    dossiers::CreateDossierRequest request;
    request.set_parent(absl::StrCat("regions/", plan_.region));
    dossiers::Dossier& dossier = *request.mutable_dossier();
    dossier.set_pgn(story::TestPgn(plan_.first_pupil + write.slot));
    dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
    dossier.set_finality(dossiers::FINALITY_FINAL);
    dossier.set_school_year(absl::StrCat(plan_.year - 1, "-", plan_.year));
    dossier.set_residence_municipality_code(plan_.municipality_code);
    story::SetDate(absl::CivilDay(plan_.year, 6, 15), dossier.mutable_due_date());
    dossier.mutable_administrative()->set_given_names("Voorbeeld");
    dossier.mutable_administrative()->set_family_name("Testman");
    story::SetDate(absl::CivilDay(plan_.year - 17, 8, 20),
                   dossier.mutable_administrative()->mutable_birth_date());
    dossier.mutable_career()->set_study_choice(write.value);
    request.set_request_id(write.request_id);
    return Call<dossiers::Dossier>(channel_, "CreateDossier", request, "transition");
  }

  absl::StatusOr<dossiers::Dossier> Update(const Write& write) {
    dossiers::UpdateDossierRequest request;
    request.mutable_dossier()->set_name(absl::StrCat(collection_, write.resource));
    request.mutable_dossier()->set_etag(write.etag);
    request.mutable_dossier()->mutable_career()->set_study_choice(write.value);
    request.mutable_update_mask()->add_paths("career");
    request.set_request_id(write.request_id);
    return Call<dossiers::Dossier>(channel_, "UpdateDossier", request, "transition");
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const DossierPlan plan_;
  const std::string collection_;
};

}  // namespace

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

std::unique_ptr<WriteSession> WriteOrganisations(std::shared_ptr<grpc::Channel> partners,
                                                 std::string prefix) {
  return std::make_unique<Organisations>(std::move(partners), std::move(prefix));
}

std::unique_ptr<WriteSession> WriteDossiers(std::shared_ptr<grpc::Channel> dossiers,
                                            const DossierPlan& plan) {
  return std::make_unique<Dossiers>(std::move(dossiers), plan);
}

}  // namespace vsv::faults

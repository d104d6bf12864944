#include "tests/faults/write_sessions.h"

#include "vsv/dossiers/v1/erasure.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

#include <utility>

#include "deploy/dev/story/pupils.h"

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;
namespace partners = ::vsv::partners::v1;

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
        Call<partners::Organisation>(channel_, "GetOrganisation", request, "registry", trace_);
    if (!reply.ok()) return reply.status();
    return reply->display_name();
  }

 private:
  static constexpr absl::string_view kCollection = "organisations/";

  absl::StatusOr<partners::Organisation> Create(const Write& write) {
    partners::CreateOrganisationRequest request;
    request.set_organisation_id(absl::StrCat(prefix_, "-", write.slot));
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_kind(partners::ORGANISATION_KIND_OTHER);
    request.set_request_id(write.request_id);
    return Call<partners::Organisation>(channel_, "CreateOrganisation", request, "registry",
                                        trace_);
  }

  absl::StatusOr<partners::Organisation> Update(const Write& write) {
    partners::UpdateOrganisationRequest request;
    request.mutable_organisation()->set_name(absl::StrCat(kCollection, write.resource));
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_etag(write.etag);
    request.mutable_update_mask()->add_paths("display_name");
    request.set_request_id(write.request_id);
    return Call<partners::Organisation>(channel_, "UpdateOrganisation", request, "registry",
                                        trace_);
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string prefix_;
  std::string trace_;  // partners has no audit trail to be compared with
};

class Dossiers : public ErasingSession {
 public:
  Dossiers(std::shared_ptr<grpc::Channel> channel, DossierPlan plan, Acts& acts)
      : channel_(std::move(channel)),
        plan_(std::move(plan)),
        acts_(acts),
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
    const auto reply = Ask<dossiers::Dossier>("GetDossier", request, /*people=*/1);
    if (!reply.ok()) return reply.status();
    return reply->career().study_choice();
  }

  absl::StatusOr<std::string> Erase(const std::string& resource,
                                    const std::string& request_id) override {
    dossiers::EraseDossierRequest request;
    request.set_name(absl::StrCat(collection_, resource));
    request.set_ground(dossiers::ERASURE_GROUND_REQUEST);
    request.set_request_id(request_id);
    const auto reply = Ask<dossiers::EraseDossierResponse>("EraseDossier", request, /*people=*/0);
    if (!reply.ok()) return reply.status();
    return absl::StrCat(reply->erase_time().seconds(), ".", reply->erase_time().nanos());
  }

 private:
  template <typename Reply>
  absl::StatusOr<Reply> Ask(const char* method, const google::protobuf::Message& request,
                            int64_t people) {
    std::string trace;
    absl::StatusOr<Reply> reply = Call<Reply>(channel_, method, request, "transition", trace);
    if (reply.ok()) acts_.Add({trace, method, people});
    return reply;
  }

  absl::StatusOr<dossiers::Dossier> Create(const Write& write) {
    return Ask<dossiers::Dossier>("CreateDossier",
                                  NewDossier(plan_, story::TestPgn(plan_.first_pupil + write.slot),
                                             write.value, write.request_id),
                                  /*people=*/1);
  }

  absl::StatusOr<dossiers::Dossier> Update(const Write& write) {
    dossiers::UpdateDossierRequest request;
    request.mutable_dossier()->set_name(absl::StrCat(collection_, write.resource));
    request.mutable_dossier()->set_etag(write.etag);
    request.mutable_dossier()->mutable_career()->set_study_choice(write.value);
    request.mutable_update_mask()->add_paths("career");
    request.set_request_id(write.request_id);
    return Ask<dossiers::Dossier>("UpdateDossier", request, /*people=*/1);
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const DossierPlan plan_;
  Acts& acts_;
  const std::string collection_;
};

}  // namespace

std::unique_ptr<WriteSession> WriteOrganisations(std::shared_ptr<grpc::Channel> partners,
                                                 std::string prefix) {
  return std::make_unique<Organisations>(std::move(partners), std::move(prefix));
}

dossiers::CreateDossierRequest NewDossier(const DossierPlan& plan, const std::string& pgn,
                                          const std::string& value, const std::string& request_id) {
  dossiers::CreateDossierRequest request;
  request.set_parent(absl::StrCat("regions/", plan.region));
  dossiers::Dossier& dossier = *request.mutable_dossier();
  dossier.set_pgn(pgn);
  dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
  dossier.set_finality(dossiers::FINALITY_FINAL);
  dossier.set_school_year(absl::StrCat(plan.year - 1, "-", plan.year));
  dossier.set_residence_municipality_code(plan.municipality_code);
  story::SetDate(absl::CivilDay(plan.year, 6, 15), dossier.mutable_due_date());
  dossier.mutable_administrative()->set_given_names("Voorbeeld");
  dossier.mutable_administrative()->set_family_name("Testman");
  story::SetDate(absl::CivilDay(plan.year - 17, 8, 20),
                 dossier.mutable_administrative()->mutable_birth_date());
  dossier.mutable_career()->set_study_choice(value);
  request.set_request_id(request_id);
  return request;
}

std::unique_ptr<ErasingSession> WriteDossiers(std::shared_ptr<grpc::Channel> dossiers,
                                              const DossierPlan& plan, Acts& acts) {
  return std::make_unique<Dossiers>(std::move(dossiers), plan, acts);
}

}  // namespace vsv::faults

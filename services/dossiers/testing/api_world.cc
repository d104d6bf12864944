#include "services/dossiers/testing/api_world.h"

#include "libs/aip/proto_time.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/rpc/status_bridge.h"

#include <string>

namespace vsv::dossiers::testing {
namespace {

constexpr absl::CivilDay kToday(2026, 5, 11);
constexpr char kKey[] = "a key of at least thirty-two bytes";

// Organisations by the OIN they call with, which here is their id.
void Register(vsv::testing::FakeCallers& callers, const std::string& id, policy::v1::Role role) {
  rpc::Caller caller;
  caller.organisation_id = id;
  caller.acting_organisation_id = id;
  caller.organisation_oin = id;
  caller.roles = {role};
  callers.Set(id, caller);
}

}  // namespace

absl::StatusOr<std::string> NoChanges::Epoch(absl::Time /*deadline*/) {
  return std::string("epoch-1");
}

absl::StatusOr<Positions> NoChanges::Heads(const std::vector<RegionId>& regions,
                                           absl::Time /*deadline*/) {
  Positions positions;
  for (const RegionId& region : regions) positions[region] = 0;
  return positions;
}

absl::StatusOr<Page<DossierRow>> NoChanges::Snapshot(const SnapshotCommand& /*command*/) {
  return Page<DossierRow>();
}

absl::StatusOr<DossierChanges> NoChanges::Changes(const ChangesCommand& command) {
  DossierChanges changes;
  changes.positions = command.after;
  changes.epoch = "epoch-1";
  return changes;
}

absl::StatusOr<CountChanges> NoChanges::Counts(const ChangesCommand& command) {
  CountChanges changes;
  changes.positions = command.after;
  return changes;
}

uint64_t NeverWakes::Await(uint64_t /*told*/, absl::Time /*at_latest*/,
                           std::function<void()> /*wake*/) {
  return 1;
}

void NeverWakes::Cancel(uint64_t /*token*/) {}

ApiWorld::ApiWorld(ChangeStore* changes)
    : clock_(base::StartOfLocalDay(kToday) + absl::Hours(12)),
      server_("dossiers", callers_, clock_),
      tokens_(kKey),
      cursors_(kKey),
      services_(server_.runtime(), wake_,
                {store_, store_, store_, changes == nullptr ? no_changes_ : *changes, tokens_,
                 cursors_, clock_}) {
  Register(callers_, "school", policy::v1::ROLE_SCHOOL);
  Register(callers_, "other-school", policy::v1::ROLE_SCHOOL);
  Register(callers_, "mbo", policy::v1::ROLE_MBO);
  Register(callers_, "other-mbo", policy::v1::ROLE_MBO);
  Register(callers_, "town", policy::v1::ROLE_MUNICIPALITY);
  server_.Start(services_.services());
  dossiers_ = server_.Stub<v1::DossierService>();
  transfers_ = server_.Stub<v1::TransferService>();
  applications_ = server_.Stub<v1::ApplicationService>();
  consents_ = server_.Stub<v1::ConsentService>();
  handovers_ = server_.Stub<v1::HandoverService>();
  erasures_ = server_.Stub<v1::ErasureService>();
}

ApiWorld::~ApiWorld() {
  server_.Stop();
}

std::string ApiWorld::NewId() const {
  return base::NewUuidV7(clock_);
}

v1::CreateDossierRequest ApiWorld::CreateRequest(const std::string& pgn) {
  v1::CreateDossierRequest request;
  request.set_parent("regions/16");
  request.set_request_id(NewId());
  v1::Dossier& dossier = *request.mutable_dossier();
  dossier.set_origin(v1::ORIGIN_VO_SCHOOL);
  dossier.set_school_year("2025-2026");
  *dossier.mutable_due_date() = aip::ToProto(absl::CivilDay(2026, 7, 1));
  dossier.set_residence_municipality_code("0307");
  dossier.set_pgn(pgn);
  dossier.mutable_administrative()->set_family_name("Testman");
  *dossier.mutable_administrative()->mutable_birth_date() =
      aip::ToProto(absl::CivilDay(2009, 2, 3));
  dossier.mutable_career()->set_study_choice("Verzorgende IG");
  dossier.mutable_social_emotional()->set_development("calm in small groups");
  dossier.mutable_support()->set_extra_support_needed(true);
  dossier.mutable_absence()->set_school_year("2024-2025");
  dossier.mutable_extra_care()->set_home_situation("lives with her grandmother");
  return request;
}

absl::Status ApiWorld::Call(const std::string& organisation,
                            const std::function<grpc::Status(grpc::ClientContext*)>& call) {
  const auto context = vsv::testing::InProcessServer::As(organisation, "transition");
  return rpc::FromGrpc(call(context.get()));
}

absl::StatusOr<v1::Dossier> ApiWorld::Create() {
  return Create(CreateRequest());
}

absl::StatusOr<v1::Dossier> ApiWorld::Create(const v1::CreateDossierRequest& request) {
  v1::Dossier reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->CreateDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Dossier> ApiWorld::Get(const std::string& organisation,
                                          const std::string& name) {
  v1::GetDossierRequest request;
  request.set_name(name);
  v1::Dossier reply;
  VSV_RETURN_IF_ERROR(Call(organisation, [&](grpc::ClientContext* context) {
    return dossiers_->GetDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::ListDossiersResponse> ApiWorld::List(const std::string& organisation,
                                                        const v1::ListDossiersRequest& request) {
  v1::ListDossiersResponse reply;
  VSV_RETURN_IF_ERROR(Call(organisation, [&](grpc::ClientContext* context) {
    return dossiers_->ListDossiers(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Dossier> ApiWorld::Update(v1::UpdateDossierRequest request) {
  request.set_request_id(NewId());
  v1::Dossier reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->UpdateDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Dossier> ApiWorld::Send(const std::string& name) {
  v1::SendDossierRequest request;
  request.set_name(name);
  request.set_receiving_organisation("organisations/mbo");
  request.set_request_id(NewId());
  v1::Dossier reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return transfers_->SendDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Dossier> ApiWorld::Accept(const std::string& name) {
  v1::AcceptDossierRequest request;
  request.set_name(name);
  request.set_request_id(NewId());
  v1::Dossier reply;
  VSV_RETURN_IF_ERROR(Call("mbo", [&](grpc::ClientContext* context) {
    return transfers_->AcceptDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Application> ApiWorld::Apply(const std::string& name,
                                                const std::string& institution) {
  v1::CreateApplicationRequest request;
  request.set_parent(name);
  request.mutable_application()->set_institution("organisations/" + institution);
  request.mutable_application()->set_course("Verzorgende IG");
  *request.mutable_application()->mutable_application_date() =
      aip::ToProto(absl::CivilDay(2026, 3, 1));
  request.set_request_id(NewId());
  v1::Application reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return applications_->CreateApplication(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Consent> ApiWorld::Consent(const std::string& name) {
  v1::RecordConsentRequest request;
  request.set_parent(name);
  v1::Consent& consent = *request.mutable_consent();
  consent.set_category(policy::v1::DATA_CATEGORY_EXTRA_CARE);
  consent.set_recipient("organisations/mbo");
  consent.set_purpose(policy::v1::PURPOSE_TRANSITION);
  *consent.mutable_start_date() = aip::ToProto(absl::CivilDay(2026, 5, 1));
  *consent.mutable_end_date() = aip::ToProto(absl::CivilDay(2027, 5, 1));
  consent.set_given_by(v1::PERSON_PUPIL);
  *consent.mutable_given_date() = aip::ToProto(absl::CivilDay(2026, 5, 1));
  consent.set_evidence("signed form");
  request.set_request_id(NewId());
  v1::Consent reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return consents_->RecordConsent(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Consent> ApiWorld::Withdraw(const std::string& consent) {
  v1::WithdrawConsentRequest request;
  request.set_name(consent);
  request.set_request_id(NewId());
  v1::Consent reply;
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return consents_->WithdrawConsent(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::EraseDossierResponse> ApiWorld::Erase(const std::string& organisation,
                                                         v1::EraseDossierRequest request) {
  if (request.request_id().empty()) request.set_request_id(NewId());
  v1::EraseDossierResponse reply;
  VSV_RETURN_IF_ERROR(Call(organisation, [&](grpc::ClientContext* context) {
    return erasures_->EraseDossier(context, request, &reply);
  }));
  return reply;
}

absl::StatusOr<v1::Dossier> ApiWorld::Agreed() {
  VSV_ASSIGN_OR_RETURN(v1::Dossier dossier, Create());
  v1::CompletePartARequest part_a;
  part_a.set_name(dossier.name());
  part_a.set_request_id(NewId());
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->CompletePartA(context, part_a, &dossier);
  }));
  v1::CompletePartBRequest part_b;
  part_b.set_name(dossier.name());
  part_b.set_request_id(NewId());
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->CompletePartB(context, part_b, &dossier);
  }));
  v1::RecordViewRequest view;
  view.set_name(dossier.name());
  view.set_request_id(NewId());
  view.mutable_view()->set_person(v1::PERSON_PUPIL);
  view.mutable_view()->set_role("pupil");
  view.mutable_view()->set_opinion(v1::OPINION_AGREES);
  view.mutable_view()->set_evidence("talk with the mentor");
  *view.mutable_view()->mutable_seen_date() = aip::ToProto(kToday);
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->RecordView(context, view, &dossier);
  }));
  v1::ConfirmAgreementRequest confirm;
  confirm.set_name(dossier.name());
  confirm.set_request_id(NewId());
  VSV_RETURN_IF_ERROR(Call("school", [&](grpc::ClientContext* context) {
    return dossiers_->ConfirmAgreement(context, confirm, &dossier);
  }));
  return dossier;
}

absl::StatusOr<v1::Dossier> ApiWorld::Sent() {
  VSV_ASSIGN_OR_RETURN(const v1::Dossier dossier, Agreed());
  VSV_RETURN_IF_ERROR(Apply(dossier.name(), "mbo").status());
  return Send(dossier.name());
}

}  // namespace vsv::dossiers::testing

#include "services/dossiers/api/course_handlers.h"

#include "libs/base/local_date.h"
#include "libs/base/uuid.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/domain/dossier_rules.h"

#include "absl/strings/strip.h"

#include <string>
#include <utility>

namespace vsv::dossiers {

CourseHandlers::Reply CourseHandlers::CompletePartA(const rpc::CallContext& call,
                                                    const v1::CompletePartARequest& request) {
  Checks checks(request);
  return MutateByName(store_, call, request, checks, dossiers::CompletePartA);
}

CourseHandlers::Reply CourseHandlers::CompletePartB(const rpc::CallContext& call,
                                                    const v1::CompletePartBRequest& request) {
  Checks checks(request);
  return MutateByName(store_, call, request, checks, dossiers::CompletePartB);
}

CourseHandlers::Reply CourseHandlers::RecordView(const rpc::CallContext& call,
                                                 const v1::RecordViewRequest& request) {
  Checks checks(request);
  const v1::PersonView& said = request.view();
  checks.NotAfter(said.seen_date(), base::LocalDay(call.start_time), "view.seen_date");
  checks.Require(said.opinion() != v1::OPINION_DISAGREES || !said.reason().empty(), "view.reason",
                 "required when the person disagrees: it is their view");
  PersonView view = ParseView(said);
  view.id = ViewId(base::NewUuidV7(clock_));
  return MutateByName(store_, call, request, checks,
                      [view](const DossierRow& row, const Asker& asker) {
                        return dossiers::RecordView(row, asker, view);
                      });
}

CourseHandlers::Reply CourseHandlers::ConfirmAgreement(const rpc::CallContext& call,
                                                       const v1::ConfirmAgreementRequest& request) {
  Checks checks(request);
  const bool dissent = request.dissent_travels_along();
  return MutateByName(store_, call, request, checks,
                      [dissent](const DossierRow& row, const Asker& asker) {
                        return dossiers::ConfirmAgreement(row, asker, dissent);
                      });
}

CourseHandlers::Reply CourseHandlers::Send(const rpc::CallContext& call,
                                           const v1::SendDossierRequest& request) {
  Checks checks(request);
  const OrganisationId addressee =
      checks.Take(ParseOrganisation(request.receiving_organisation(), "receiving_organisation"));
  return MutateByName(store_, call, request, checks,
                      [addressee](const DossierRow& row, const Asker& asker) {
                        return dossiers::Send(row, asker, addressee);
                      });
}

CourseHandlers::Reply CourseHandlers::Accept(const rpc::CallContext& call,
                                             const v1::AcceptDossierRequest& request) {
  Checks checks(request);
  return MutateByName(store_, call, request, checks, dossiers::Accept);
}

CourseHandlers::Reply CourseHandlers::Reject(const rpc::CallContext& call,
                                             const v1::RejectDossierRequest& request) {
  Checks checks(request);
  const std::string reason(absl::StripPrefix(v1::RejectionReason_Name(request.rejection().reason()),
                                             "REJECTION_REASON_"));
  const std::string note = request.rejection().note();
  return MutateByName(store_, call, request, checks,
                      [reason, note](const DossierRow& row, const Asker& asker) {
                        return dossiers::Reject(row, asker, reason, note);
                      });
}

CourseHandlers::Reply CourseHandlers::Process(const rpc::CallContext& call,
                                              const v1::ProcessDossierRequest& request) {
  Checks checks(request);
  return MutateByName(store_, call, request, checks, dossiers::TakeIn);
}

CourseHandlers::Reply CourseHandlers::Withdraw(const rpc::CallContext& call,
                                               const v1::WithdrawDossierRequest& request) {
  Checks checks(request);
  return MutateByName(store_, call, request, checks, dossiers::Withdraw);
}

}  // namespace vsv::dossiers

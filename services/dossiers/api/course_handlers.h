// Use cases of a dossier's course, from the parts to the hand of the addressee.
#pragma once

#include "libs/base/clock.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Thread-safe; the references must outlive it.
class CourseHandlers {
 public:
  using Reply = absl::StatusOr<policy::Cleared<v1::Dossier>>;

  CourseHandlers(DossierStore& store, const base::Clock& clock) : store_(store), clock_(clock) {}

  Reply CompletePartA(const rpc::CallContext& call, const v1::CompletePartARequest& request);
  Reply CompletePartB(const rpc::CallContext& call, const v1::CompletePartBRequest& request);
  Reply RecordView(const rpc::CallContext& call, const v1::RecordViewRequest& request);
  Reply ConfirmAgreement(const rpc::CallContext& call, const v1::ConfirmAgreementRequest& request);
  Reply Send(const rpc::CallContext& call, const v1::SendDossierRequest& request);
  Reply Accept(const rpc::CallContext& call, const v1::AcceptDossierRequest& request);
  Reply Reject(const rpc::CallContext& call, const v1::RejectDossierRequest& request);
  Reply Process(const rpc::CallContext& call, const v1::ProcessDossierRequest& request);
  Reply Withdraw(const rpc::CallContext& call, const v1::WithdrawDossierRequest& request);

 private:
  DossierStore& store_;
  const base::Clock& clock_;
};

}  // namespace vsv::dossiers

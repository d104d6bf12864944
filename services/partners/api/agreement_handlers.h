// Use cases about data-sharing agreements.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/handler_context.h"

#include "vsv/partners/v1/agreement_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

// One method per RPC: parse -> store, in which the domain decides -> proto. Thread-safe.
class AgreementHandlers {
 public:
  explicit AgreementHandlers(HandlerContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> Create(
      const rpc::CallContext& call, const v1::CreateAgreementRequest& request);
  absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> Get(
      const rpc::CallContext& call, const v1::GetAgreementRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListAgreementsResponse>> List(
      const rpc::CallContext& call, const v1::ListAgreementsRequest& request);
  absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> Sign(
      const rpc::CallContext& call, const v1::SignAgreementRequest& request);
  absl::StatusOr<policy::Cleared<v1::DataSharingAgreement>> Terminate(
      const rpc::CallContext& call, const v1::TerminateAgreementRequest& request);

 private:
  HandlerContext context_;
};

}  // namespace vsv::partners

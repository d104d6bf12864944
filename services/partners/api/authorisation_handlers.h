// Use cases about mandates and credentials.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/handler_context.h"

#include "vsv/partners/v1/authorisation_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

// One method per RPC: parse -> store, in which the domain decides -> proto. Thread-safe.
class AuthorisationHandlers {
 public:
  explicit AuthorisationHandlers(HandlerContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Mandate>> CreateMandate(
      const rpc::CallContext& call, const v1::CreateMandateRequest& request);
  absl::StatusOr<policy::Cleared<v1::Mandate>> RevokeMandate(
      const rpc::CallContext& call, const v1::RevokeMandateRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListMandatesResponse>> ListMandates(
      const rpc::CallContext& call, const v1::ListMandatesRequest& request);
  absl::StatusOr<policy::Cleared<v1::Credential>> CreateCredential(
      const rpc::CallContext& call, const v1::CreateCredentialRequest& request);
  absl::StatusOr<policy::Cleared<v1::Credential>> RevokeCredential(
      const rpc::CallContext& call, const v1::RevokeCredentialRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListCredentialsResponse>> ListCredentials(
      const rpc::CallContext& call, const v1::ListCredentialsRequest& request);

 private:
  HandlerContext context_;
};

}  // namespace vsv::partners

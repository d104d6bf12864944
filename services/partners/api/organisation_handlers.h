// Use cases about organisations.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/handler_context.h"

#include "vsv/partners/v1/organisation_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

// One method per RPC: parse -> store, in which the domain decides -> proto. Thread-safe.
class OrganisationHandlers {
 public:
  explicit OrganisationHandlers(HandlerContext context) : context_(context) {}

  absl::StatusOr<policy::Cleared<v1::Organisation>> Create(
      const rpc::CallContext& call, const v1::CreateOrganisationRequest& request);
  absl::StatusOr<policy::Cleared<v1::Organisation>> Get(const rpc::CallContext& call,
                                                        const v1::GetOrganisationRequest& request);
  absl::StatusOr<policy::Cleared<v1::BatchGetOrganisationsResponse>> BatchGet(
      const rpc::CallContext& call, const v1::BatchGetOrganisationsRequest& request);
  absl::StatusOr<policy::Cleared<v1::ListOrganisationsResponse>> List(
      const rpc::CallContext& call, const v1::ListOrganisationsRequest& request);
  absl::StatusOr<policy::Cleared<v1::Organisation>> Update(
      const rpc::CallContext& call, const v1::UpdateOrganisationRequest& request);
  absl::StatusOr<policy::Cleared<v1::Organisation>> Suspend(
      const rpc::CallContext& call, const v1::SuspendOrganisationRequest& request);
  absl::StatusOr<policy::Cleared<v1::Organisation>> Reinstate(
      const rpc::CallContext& call, const v1::ReinstateOrganisationRequest& request);

 private:
  HandlerContext context_;
};

}  // namespace vsv::partners

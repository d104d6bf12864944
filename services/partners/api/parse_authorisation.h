// Requests about mandates and credentials as commands of the domain. FIELD_INVALID with every
// violation.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/partners/domain/register_store.h"

#include "vsv/partners/v1/authorisation_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

absl::StatusOr<CreateCommand<Mandate>> ParseCreate(const rpc::CallContext& call,
                                                   const v1::CreateMandateRequest& request,
                                                   const base::Clock& clock);
absl::StatusOr<ChangeCommand<Mandate>> ParseRevoke(const rpc::CallContext& call,
                                                   const v1::RevokeMandateRequest& request);
absl::StatusOr<MandateQuery> ParseList(const v1::ListMandatesRequest& request);
absl::StatusOr<CreateCommand<Credential>> ParseCreate(const rpc::CallContext& call,
                                                      const v1::CreateCredentialRequest& request);
absl::StatusOr<ChangeCommand<Credential>> ParseRevoke(const rpc::CallContext& call,
                                                      const v1::RevokeCredentialRequest& request);
absl::StatusOr<CredentialQuery> ParseList(const v1::ListCredentialsRequest& request);

}  // namespace vsv::partners

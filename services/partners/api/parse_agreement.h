// Requests about data-sharing agreements as commands of the domain. FIELD_INVALID with every
// violation.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/partners/domain/register_store.h"

#include "vsv/partners/v1/agreement_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::partners {

absl::StatusOr<CreateCommand<Agreement>> ParseCreate(const rpc::CallContext& call,
                                                     const v1::CreateAgreementRequest& request,
                                                     const base::Clock& clock);
absl::StatusOr<ChangeCommand<Agreement>> ParseSign(const rpc::CallContext& call,
                                                   const v1::SignAgreementRequest& request);
absl::StatusOr<ChangeCommand<Agreement>> ParseTerminate(
    const rpc::CallContext& call, const v1::TerminateAgreementRequest& request);
absl::StatusOr<AgreementQuery> ParseList(const v1::ListAgreementsRequest& request);

}  // namespace vsv::partners

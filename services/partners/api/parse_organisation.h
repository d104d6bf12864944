// Requests about organisations as commands of the domain. FIELD_INVALID with every violation.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/partners/domain/register_store.h"

#include "vsv/partners/v1/organisation_requests.pb.h"

#include "absl/status/statusor.h"

#include <vector>

namespace vsv::partners {

absl::StatusOr<CreateCommand<Organisation>> ParseCreate(
    const rpc::CallContext& call, const v1::CreateOrganisationRequest& request,
    const base::Clock& clock);
absl::StatusOr<ChangeCommand<Organisation>> ParseUpdate(
    const rpc::CallContext& call, const v1::UpdateOrganisationRequest& request);
absl::StatusOr<ChangeCommand<Organisation>> ParseSuspend(
    const rpc::CallContext& call, const v1::SuspendOrganisationRequest& request);
absl::StatusOr<ChangeCommand<Organisation>> ParseReinstate(
    const rpc::CallContext& call, const v1::ReinstateOrganisationRequest& request);
absl::StatusOr<std::vector<Key>> ParseBatchGet(const v1::BatchGetOrganisationsRequest& request);
absl::StatusOr<OrganisationQuery> ParseList(const rpc::CallContext& call,
                                            const v1::ListOrganisationsRequest& request);

}  // namespace vsv::partners

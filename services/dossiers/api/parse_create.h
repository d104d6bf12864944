// From CreateDossierRequest to a command.
#pragma once

#include "libs/base/clock.h"
#include "libs/rpc/call_context.h"
#include "services/dossiers/domain/dossier_store.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"

#include "absl/status/statusor.h"

namespace vsv::dossiers {

// Validates and builds. FIELD_INVALID with every violation.
absl::StatusOr<CreateCommand> ParseCreate(const rpc::CallContext& call,
                                          const v1::CreateDossierRequest& request,
                                          const base::Clock& clock);

}  // namespace vsv::dossiers

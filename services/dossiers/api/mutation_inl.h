// Template half of mutation.h.
#pragma once

#include "libs/base/status_macros.h"
#include "services/dossiers/api/convert_dossier.h"
#include "services/dossiers/api/mutation.h"

#include <utility>

namespace vsv::dossiers {

template <typename Request, typename Decision>
absl::StatusOr<policy::Cleared<v1::Dossier>> MutateByName(DossierStore& store,
                                                          const rpc::CallContext& call,
                                                          const Request& request, Checks& checks,
                                                          Decision decide) {
  const DossierName name = checks.Take(ParseDossierName(request.name(), "name"));
  MutateCommand command = BeginMutation(call, request, {name.region, name.dossier, std::nullopt},
                                        request.etag(), checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, decide = std::move(decide)](const DossierRow& row) {
    return decide(row, asker);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(store, command));
  return ToCleared(row);
}

}  // namespace vsv::dossiers

#include "services/dossiers/api/erasure_handlers.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/domain/erasure_rules.h"

#include <optional>
#include <utility>

namespace vsv::dossiers {

ErasureHandlers::Reply ErasureHandlers::Erase(const rpc::CallContext& call,
                                              const v1::EraseDossierRequest& request) {
  Checks checks(request);
  const DossierName name = checks.Take(ParseDossierName(request.name(), "name"));
  MutateCommand command = BeginMutation(call, request, {name.region, name.dossier, std::nullopt},
                                        request.etag(), checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  command.validate_only = request.validate_only();
  command.erases = FromProto<ErasureGround>(request.ground());
  command.decide = [asker = command.asker, ground = *command.erases](const DossierRow& row) {
    return dossiers::Erase(row, asker, ground);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(store_, command));
  v1::EraseDossierResponse reply;
  reply.set_name(FormatDossier(name.region, name.dossier));
  if (const std::optional<absl::Time> erased_at = ErasedAt(row.made)) {
    *reply.mutable_erase_time() = aip::ToProto(*erased_at);
  }
  return policy::Redact(std::move(reply), ToPolicy({Category::kProcess}));
}

}  // namespace vsv::dossiers

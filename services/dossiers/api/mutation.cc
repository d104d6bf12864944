#include "services/dossiers/api/mutation.h"

#include "libs/aip/etag.h"
#include "services/dossiers/api/call_asker.h"

#include "absl/types/span.h"

#include <utility>

namespace vsv::dossiers {

MutateCommand BeginMutation(const rpc::CallContext& call, const google::protobuf::Message& request,
                            MutationTarget target, const std::string& etag, Checks& checks) {
  MutateCommand command;
  command.asker = MakeAsker(call);
  command.request = checks.Take(MakeRequestKey(request));
  command.target = std::move(target);
  command.expected_version = checks.Take(aip::ExpectedVersion(etag));
  return command;
}

absl::StatusOr<DossierRow> RunMutation(DossierStore& store, const MutateCommand& command) {
  return std::move(store.Mutate(absl::MakeConstSpan(&command, 1)).front());
}

}  // namespace vsv::dossiers

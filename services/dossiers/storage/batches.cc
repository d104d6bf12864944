#include "services/dossiers/storage/batches.h"

#include "absl/strings/str_cat.h"

namespace vsv::dossiers {
namespace {

std::string RequestKeyOf(const Asker& asker, const RegionId& region, const RequestKey& request) {
  return absl::StrCat("request/", region.value(), "/", asker.organisation.value(), "/",
                      request.request_id);
}

}  // namespace

std::vector<std::string> KeysOf(const CreateCommand& command) {
  return {RequestKeyOf(command.asker, command.dossier.region, command.request)};
}

std::vector<std::string> KeysOf(const MutateCommand& command) {
  const MutationTarget& target = command.target;
  return {absl::StrCat("dossier/", target.region.value(), "/", target.dossier.value()),
          RequestKeyOf(command.asker, target.region, command.request)};
}

bool MayBeOneRow(const absl::Status& status) {
  return absl::IsInternal(status) || absl::IsAlreadyExists(status) ||
         absl::IsFailedPrecondition(status) || absl::IsDataLoss(status);
}

}  // namespace vsv::dossiers

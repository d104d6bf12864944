#include "services/dossiers/api/watch_handlers.h"

#include "libs/base/status_macros.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/count_watch.h"
#include "services/dossiers/api/dossier_watch.h"
#include "services/dossiers/api/watch_position.h"

#include "absl/strings/str_cat.h"

#include <utility>

namespace vsv::dossiers {

absl::StatusOr<std::unique_ptr<WatchHandlers::Dossiers>> WatchHandlers::OpenDossiers(
    const rpc::CallContext& call, const v1::WatchDossiersRequest& request) {
  Checks checks(request);
  const std::vector<RegionId> regions = ParseRegions(request.regions(), checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  VSV_ASSIGN_OR_RETURN(const std::string epoch, store_.Epoch(call.deadline));
  VSV_ASSIGN_OR_RETURN(
      WatchPosition position,
      WatchPosition::Open(call, "dossiers", regions, request.cursor(), epoch, cursors_));
  if (request.cursor().empty()) {
    // The heads before the snapshot: what the snapshot misses lies behind them.
    VSV_ASSIGN_OR_RETURN(Positions heads, store_.Heads(regions, call.deadline));
    position.set_positions(std::move(heads));
    if (!request.skip_snapshot()) position.set_snapshot(absl::StrCat(regions.front().value(), ":"));
  }
  return std::make_unique<DossierWatch>(store_, cursors_, std::move(position));
}

absl::StatusOr<std::unique_ptr<WatchHandlers::Counts>> WatchHandlers::OpenCounts(
    const rpc::CallContext& call, const v1::WatchProcessCountsRequest& request) {
  Checks checks(request);
  const std::vector<RegionId> regions = ParseRegions(request.regions(), checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  VSV_ASSIGN_OR_RETURN(const std::string epoch, store_.Epoch(call.deadline));
  VSV_ASSIGN_OR_RETURN(
      WatchPosition position,
      WatchPosition::Open(call, "counts", regions, request.cursor(), epoch, cursors_));
  return std::make_unique<CountWatch>(store_, cursors_, std::move(position));
}

}  // namespace vsv::dossiers

#include "services/dossiers/api/watch_position.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/dossiers/api/resource_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <set>
#include <utility>

namespace vsv::dossiers {
namespace {

std::string FilterHash(const rpc::CallContext& call, const std::string& stream,
                       const std::vector<RegionId>& regions) {
  return base::HexEncode(base::Sha256(absl::StrCat(
      stream, "\n", static_cast<int>(call.caller.purpose), "\n",
      absl::StrJoin(regions, ",",
                    [](std::string* out, const RegionId& region) { *out += region.value(); }))));
}

}  // namespace

std::vector<RegionId> ParseRegions(const google::protobuf::RepeatedPtrField<std::string>& names,
                                   Checks& checks) {
  std::set<RegionId> regions;
  for (int i = 0; i < names.size() && checks.HasRoom(); ++i) {
    const std::string field = absl::StrCat("regions[", i, "]");
    const RegionId region = checks.Take(ParseRegion(names[i], field));
    checks.Require(region.empty() || regions.insert(region).second, field, "is there twice");
  }
  return {regions.begin(), regions.end()};
}

absl::StatusOr<WatchPosition> WatchPosition::Open(
    const rpc::CallContext& call, const std::string& stream, const std::vector<RegionId>& regions,
    const std::string& cursor, const std::string& epoch, const feed::Cursors& cursors) {
  WatchPosition position;
  position.cursor_.epoch = epoch;
  position.cursor_.subscriber = call.caller.organisation_id;
  position.cursor_.filter_hash = FilterHash(call, stream, regions);
  if (!cursor.empty()) {
    const feed::CursorExpectation expected{epoch, position.cursor_.subscriber,
                                           position.cursor_.filter_hash};
    VSV_ASSIGN_OR_RETURN(position.cursor_, cursors.Read(cursor, expected));
  }
  for (const RegionId& region : regions) {
    const auto found = position.cursor_.positions.find(region.value());
    position.positions_[region] = found == position.cursor_.positions.end() ? 0 : found->second;
  }
  return position;
}

absl::Status WatchPosition::CheckEpoch(const std::string& epoch) const {
  if (epoch == cursor_.epoch) return absl::OkStatus();
  return errors::CursorExpired("the feed has begun another epoch");
}

std::string WatchPosition::Cursor(const feed::Cursors& cursors) const {
  feed::Cursor cursor = cursor_;
  for (const auto& [region, position] : positions_) cursor.positions[region.value()] = position;
  return cursors.Make(cursor);
}

}  // namespace vsv::dossiers

#include "services/dossiers/api/count_watch.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/policy/redact.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/convert_related.h"

#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr int kBatch = 500;  // positions of the feed that are looked at together

}  // namespace

absl::StatusOr<CountWatch::Batch> CountWatch::Next(const rpc::CallContext& call) {
  VSV_ASSIGN_OR_RETURN(const std::string epoch, store_.Epoch(call.deadline));
  VSV_RETURN_IF_ERROR(position_.CheckEpoch(epoch));
  VSV_ASSIGN_OR_RETURN(const CountChanges found,
                       store_.Counts({MakeAsker(call), position_.positions(), {.rows = kBatch}}));
  Batch batch;
  batch.more = found.more;
  // Only the last message has a cursor: counters come in no order of positions.
  v1::WatchProcessCountsResponse message;
  size_t bytes = 0;
  for (const CountChange& change : found.changes) {
    if (bytes >= rpc::kFullMessageBytes) {
      batch.messages.push_back(policy::NoPersonalData(message));
      message.clear_counts();
      bytes = 0;
    }
    *message.add_counts() = ToProto(change);
    bytes += message.counts().rbegin()->ByteSizeLong();
  }
  position_.set_positions(found.positions);
  message.set_cursor(position_.Cursor(cursors_));
  if (found.current_as_of.has_value())
    *message.mutable_checkpoint_time() = aip::ToProto(*found.current_as_of);
  batch.messages.push_back(policy::NoPersonalData(std::move(message)));
  return batch;
}

}  // namespace vsv::dossiers

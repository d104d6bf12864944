#include "libs/feed/outbox.h"

#include "libs/feed/statements.h"

#include <vector>

namespace vsv::feed {

absl::Status AppendOutbox(pg::Transaction& tx, absl::Span<const OutboxEvent> events) {
  if (events.empty()) return absl::OkStatus();
  std::vector<std::string> regions;
  std::vector<std::string> kinds;
  std::vector<std::string> ids;
  std::vector<int64_t> versions;
  for (const OutboxEvent& event : events) {
    regions.push_back(event.region);
    kinds.push_back(event.resource_kind);
    ids.push_back(event.resource_id);
    versions.push_back(event.version);
  }
  return tx
      .Execute(sql::kAppendOutbox,
               pg::Params().TextArray(regions).TextArray(kinds).TextArray(ids).IntArray(versions))
      .status();
}

}  // namespace vsv::feed

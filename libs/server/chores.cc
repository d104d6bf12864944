#include "libs/server/chores.h"

#include "libs/feed/reader.h"
#include "libs/pg/idempotency.h"

#include <cstdint>

namespace vsv::server {
namespace {

constexpr absl::Duration kInterval = absl::Minutes(5);
// Rows that one transaction removes.
constexpr int64_t kRows = 1000;

}  // namespace

std::vector<pg::Chore> ChoresOf(const base::Clock& clock,
                                std::optional<absl::Duration> feed_retention) {
  std::vector<pg::Chore> chores = {{"request_ids", kInterval, [](pg::Transaction& tx) {
                                      return pg::PurgeExpiredRequests(tx, kRows);
                                    }}};
  if (feed_retention.has_value()) {
    chores.push_back({"feed", kInterval, [&clock, kept = *feed_retention](pg::Transaction& tx) {
                        return feed::PurgeFeed(tx, clock.Now() - kept, kRows);
                      }});
  }
  return chores;
}

}  // namespace vsv::server

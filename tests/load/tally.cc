#include "tests/load/tally.h"

#include <algorithm>

namespace vsv::load {

void Add(const LoadResult& one, LoadResult& all) {
  all.latencies_ms.insert(all.latencies_ms.end(), one.latencies_ms.begin(), one.latencies_ms.end());
  all.failed += one.failed;
  if (all.first_failure.empty()) all.first_failure = one.first_failure;
  all.answered += one.answered;
  all.begun += one.begun;
  all.reply_bytes = std::max(all.reply_bytes, one.reply_bytes);
}

void Tally::Begin(absl::Time now) {
  began_ = now;
  is_under_way_ = true;
  ++result_.begun;
}

bool Tally::End(absl::Time now) {
  is_under_way_ = false;
  return began_ < until_ && now >= from_;
}

void Tally::EndWell(absl::Time now, int64_t reply_bytes) {
  if (!End(now)) return;
  result_.latencies_ms.push_back(absl::ToDoubleMilliseconds(now - began_));
  result_.reply_bytes = reply_bytes;
  if (now < until_) ++result_.answered;
}

void Tally::EndBadly(absl::Time now, const std::string& failure) {
  if (End(now) && ++result_.failed == 1) result_.first_failure = failure;
}

}  // namespace vsv::load

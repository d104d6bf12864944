// Which calls of a load count, and for what.
#pragma once

#include "absl/time/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::load {

struct LoadResult {
  // Of every call that was under way while it measured, however long after it was answered: a call
  // that hangs is not one that never was.
  std::vector<double> latencies_ms;
  int64_t failed = 0;         // likewise
  std::string first_failure;  // "" when none
  int64_t answered = 0;       // while it measured, with what was asked for
  double seconds = 0;         // that it measured
  double cpu_ms = 0;          // of this process while it measured
  int64_t begun = 0;          // warm-up included
  int64_t reply_bytes = 0;    // of the last reply
};

void Add(const LoadResult& one, LoadResult& all);

// One caller, with one call under way at a time.
class Tally {
 public:
  // It measures from `from` until `until`.
  Tally(absl::Time from, absl::Time until) : from_(from), until_(until) {}

  void Begin(absl::Time now);
  void EndWell(absl::Time now, int64_t reply_bytes);
  void EndBadly(absl::Time now, const std::string& failure);

  bool is_under_way() const { return is_under_way_; }

  const LoadResult& result() const { return result_; }

 private:
  // Ends the call; whether it counts.
  bool End(absl::Time now);

  const absl::Time from_;
  const absl::Time until_;
  absl::Time began_;
  bool is_under_way_ = false;
  LoadResult result_;
};

}  // namespace vsv::load

// Which changes of a feed count, and for what.
#pragma once

#include "absl/time/time.h"

#include <cstdint>
#include <vector>

namespace vsv::load {

// Of one subscriber.
class Lags {
 public:
  // It measures from `from` until `until`.
  Lags(absl::Time from, absl::Time until) : from_(from), until_(until) {}

  void Arrived(absl::Time written, absl::Time now) {
    ++received_;
    if (written >= until_) is_past_ = true;
    if (written >= until_ || now < from_) return;
    lags_ms_.push_back(absl::ToDoubleMilliseconds(now - written));
    if (now < until_) ++arrived_;
  }

  // Of every change that was under way while it measured, however long after it arrived: a feed
  // that hangs is not one that had nothing to tell.
  const std::vector<double>& lags_ms() const { return lags_ms_; }

  // While it measured.
  int64_t arrived() const { return arrived_; }

  // At any time.
  int64_t received() const { return received_; }

  // Whether it got to what was written when the time was over.
  bool is_past() const { return is_past_; }

 private:
  const absl::Time from_;
  const absl::Time until_;
  std::vector<double> lags_ms_;
  int64_t arrived_ = 0;
  int64_t received_ = 0;
  bool is_past_ = false;
};

}  // namespace vsv::load

#include "libs/rpc/budget.h"

#include <algorithm>

namespace vsv::rpc {

bool Budget::Take(double amount, absl::Time now) {
  Refill(now);
  if (left_ < amount) return false;
  left_ -= amount;
  return true;
}

void Budget::GiveBack(double amount) {
  left_ = std::min(most_, left_ + amount);
}

bool Budget::IsFull(absl::Time now) {
  Refill(now);
  return left_ >= most_;
}

void Budget::Refill(absl::Time now) {
  // Not at the first time, nor when the clock was set back.
  if (filled_at_ < now) GiveBack(absl::ToDoubleSeconds(now - filled_at_) * per_second_);
  filled_at_ = now;
}

}  // namespace vsv::rpc

// So many at once, and so many a second after that.
#pragma once

#include "absl/time/time.h"

namespace vsv::rpc {

// Not thread-safe.
class Budget {
 public:
  Budget(double most, double per_second) : most_(most), per_second_(per_second), left_(most) {}

  // False, and nothing is taken, when there is not so much left.
  bool Take(double amount, absl::Time now);

  // Takes what there is of it.
  void Spend(double amount) { left_ = left_ < amount ? 0 : left_ - amount; }

  void GiveBack(double amount);
  bool IsFull(absl::Time now);

 private:
  void Refill(absl::Time now);

  double most_;
  double per_second_;
  double left_;
  absl::Time filled_at_ = absl::InfiniteFuture();
};

}  // namespace vsv::rpc

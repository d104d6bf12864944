// When receipts must be looked at again.
#pragma once

#include "absl/time/time.h"

#include <string>

namespace vsv::dossiers {

// A basis ends without a write when the day turns or the register changes, and at no other time. So
// a pass is due after such a change; and once more when nobody can write a receipt any more that
// was judged before it. A pass an hour besides, for what nobody has thought of.
class SweepSchedule {
 public:
  // Longer than any call may take.
  static constexpr absl::Duration kLongestCall = absl::Minutes(2);
  static constexpr absl::Duration kEvenSo = absl::Hours(1);

  // Whether a pass should begin now. `circumstances`: what bases depend on besides the dossiers,
  // the register and the day, as they are now.
  bool IsDue(const std::string& circumstances, absl::Time now) {
    if (circumstances != circumstances_) {
      circumstances_ = circumstances;
      changed_at_ = now;
    }
    if (passed_ < changed_at_ || now - passed_ >= kEvenSo) return true;
    return passed_ < changed_at_ + kLongestCall && now >= changed_at_ + kLongestCall;
  }

  // A pass over everything that began at `begun` has ended well.
  void Passed(absl::Time begun) { passed_ = begun; }

 private:
  std::string circumstances_;
  absl::Time changed_at_ = absl::InfinitePast();
  absl::Time passed_ = absl::InfinitePast();
};

}  // namespace vsv::dossiers

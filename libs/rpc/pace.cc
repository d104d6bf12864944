#include "libs/rpc/pace.h"

namespace vsv::rpc {
namespace {

// As many calls as it takes to believe in a new pace: two batches of a crowd.
constexpr int kMemory = 64;

}  // namespace

void Pace::Saw(int among, absl::Duration took) {
  const absl::Duration each = took / among;
  // A few cannot tell how slow a crowd would be, but that it would not be as slow as believed.
  if (among < kFew && each > each_) return;
  each_ += (each - each_) / kMemory;
}

absl::Duration Pace::Expect(int among) const {
  return among < kFew ? absl::ZeroDuration() : each_ * among;
}

}  // namespace vsv::rpc

// How long a call may expect to take.
#pragma once

#include "absl/time/time.h"

namespace vsv::rpc {

// By Little's law a call's time grows with those that are in the house with it, and how steeply
// changes with the work and with the day of the database: so it is learnt from the calls that have
// ended, each by how long it took among how many. What cannot end in time is then refused when it
// comes. Queued, it would end too late, and those behind it with it, until all work is in vain.
//
// Not thread-safe.
class Pace {
 public:
  // Among fewer, calls share nothing that would tell of a crowd.
  static constexpr int kFew = 32;

  // A call ended after `took`; when it came there were `among` in the house, itself included.
  void Saw(int among, absl::Duration took);

  // What a call takes among `among`; zero while nothing is known of a crowd.
  absl::Duration Expect(int among) const;

 private:
  absl::Duration each_;  // what every call in the house adds, smoothed
};

}  // namespace vsv::rpc

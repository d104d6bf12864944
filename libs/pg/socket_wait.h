// Waiting for a socket with a deadline.
#pragma once

#include "absl/time/time.h"

namespace vsv::pg {

enum class Wait {
  kReady,    // the socket, or an error on it that the next read will tell
  kWoken,    // the wake descriptor
  kTooLate,  // the deadline
};

struct WaitFor {
  bool read = false;
  bool write = false;
  int wake_fd = -1;  // additionally readable; -1 for none
};

// Returns at once when `deadline` has passed and nothing is ready.
Wait AwaitSocket(int fd, const WaitFor& what, absl::Time deadline);

}  // namespace vsv::pg

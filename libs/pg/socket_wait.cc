#include "libs/pg/socket_wait.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

namespace vsv::pg {

Wait AwaitSocket(int fd, const WaitFor& what, absl::Time deadline) {
  while (true) {
    std::array<pollfd, 2> fds = {};
    fds[0].fd = fd;
    fds[0].events =
        static_cast<decltype(fds[0].events)>((what.read ? POLLIN : 0) | (what.write ? POLLOUT : 0));
    fds[1].fd = what.wake_fd;  // poll ignores negative descriptors
    fds[1].events = POLLIN;
    // Rounded up, so that the last fraction of a millisecond is not spun away; capped for infinite
    // deadlines.
    const absl::Duration left = absl::Ceil(deadline - absl::Now(), absl::Milliseconds(1));
    const int64_t milliseconds = std::clamp<int64_t>(absl::ToInt64Milliseconds(left), 0, 60'000);
    const int ready = poll(fds.data(), fds.size(), static_cast<int>(milliseconds));
    if (ready > 0) return fds[0].revents != 0 ? Wait::kReady : Wait::kWoken;
    if (ready < 0 && errno != EINTR) return Wait::kReady;
    if (absl::Now() >= deadline) return Wait::kTooLate;
  }
}

}  // namespace vsv::pg

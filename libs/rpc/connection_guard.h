// Ends the connections that fill the memory of a server, so that it lives on for the others.
#pragma once

#include "libs/rpc/tls_guard.h"

#include "absl/time/time.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace vsv::rpc {

// What a peer with a valid certificate can make gRPC 1.51 keep has no bound: header frames that
// never end, streams that are reset faster than they are put away (docs/SECURITY.md). None of it
// reaches code of ours but the reading of the socket; so the bytes are counted there (the recvmsg
// in connection_guard.cc, which the library is linked against before that of the C library), and
// while the process is larger than it may be, whoever sends most is cut off at its next read.
struct ConnectionGuardOptions {
  uint64_t limit_bytes = 0;  // resident memory from which on connections are ended; 0: never
  absl::Duration interval = absl::Milliseconds(50);
  // Told of each round that ended some: how many, and how large the process was.
  std::function<void(int ended, uint64_t resident_bytes)> on_ended;
  // Told each second what the guard of TLS did in between (tls_guard.h).
  std::function<void(const FloodReport&)> on_flood;
};

// One per process. Watches from construction to destruction.
class ConnectionGuard {
 public:
  explicit ConnectionGuard(ConnectionGuardOptions options);
  ~ConnectionGuard();
  ConnectionGuard(const ConnectionGuard&) = delete;
  ConnectionGuard& operator=(const ConnectionGuard&) = delete;

 private:
  void Watch();
  void Look();

  const ConnectionGuardOptions options_;
  absl::Time trimmed_at_ = absl::InfinitePast();
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;  // last: it uses the others
};

namespace internal {

// A connection was accepted: from now on what it sends is counted.
void NoteAccepted(int connection);
// A descriptor is used for a connection that the process opens itself: it is no client's any more.
void NoteConnecting(int connection);
// Counts what was received; false when the connection is to be read no further.
bool NoteReceived(int connection, uint64_t bytes);
// Marks those that have sent most since the last time, as many as brought nine tenths of it all,
// but none that has sent little. Returns how many.
int EndHeaviest();
// Begins to count anew.
void ForgetReceived();

}  // namespace internal
}  // namespace vsv::rpc

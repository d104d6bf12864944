#include "libs/rpc/connection_guard.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <malloc.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace vsv::rpc {
namespace {

// A descriptor beyond is not watched; the servers' limit is below.
constexpr size_t kWatched = 65536;
// Who sends less in an interval fills no memory.
constexpr uint64_t kLittle = 64 * 1024;
// The time over which it is counted who sends most.
constexpr absl::Duration kCounted = absl::Seconds(1);
// What was freed goes back to the system no more often than this: it halts the allocator.
constexpr absl::Duration kBetweenTrims = absl::Milliseconds(500);

struct Connection {
  std::atomic<uint64_t> received = 0;
  std::atomic<bool> is_watched = false;
  std::atomic<bool> is_ended = false;
};

std::array<Connection, kWatched> connections;

Connection* Find(int descriptor) {
  const auto place = static_cast<size_t>(descriptor);
  return descriptor >= 0 && place < kWatched ? &connections[place] : nullptr;
}

uint64_t ResidentBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  uint64_t pages = 0;
  if (std::fscanf(file, "%*u %lu", &pages) != 1) pages = 0;
  std::fclose(file);
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

namespace internal {

void NoteAccepted(int connection) {
  Connection* const found = Find(connection);
  if (found == nullptr) return;
  found->received = 0;
  found->is_ended = false;
  found->is_watched = true;
}

void NoteConnecting(int connection) {
  Connection* const found = Find(connection);
  if (found != nullptr) found->is_watched = false;
}

bool NoteReceived(int connection, uint64_t bytes) {
  Connection* const found = Find(connection);
  if (found == nullptr || !found->is_watched.load(std::memory_order_relaxed)) return true;
  found->received.fetch_add(bytes, std::memory_order_relaxed);
  if (!found->is_ended.load(std::memory_order_relaxed)) return true;
  // Once: the library closes the descriptor, and the next connection that gets it is another.
  found->is_watched = false;
  found->is_ended = false;
  return false;
}

int EndHeaviest() {
  std::vector<std::pair<uint64_t, Connection*>> heaviest;
  uint64_t all = 0;
  for (Connection& connection : connections) {
    if (!connection.is_watched.load(std::memory_order_relaxed)) continue;
    const uint64_t received = connection.received.load(std::memory_order_relaxed);
    all += received;
    if (received >= kLittle) heaviest.emplace_back(received, &connection);
  }
  std::sort(heaviest.begin(), heaviest.end(),
            [](const auto& a, const auto& b) { return a.first > b.first; });
  uint64_t ended_bytes = 0;
  int ended = 0;
  for (const auto& [received, connection] : heaviest) {
    if (ended_bytes * 10 >= all * 9) break;
    connection->is_ended = true;
    ended_bytes += received;
    ++ended;
  }
  return ended;
}

void ForgetReceived() {
  for (Connection& connection : connections) {
    if (connection.is_watched.load(std::memory_order_relaxed)) connection.received = 0;
  }
}

}  // namespace internal

ConnectionGuard::ConnectionGuard(ConnectionGuardOptions options)
    : options_(std::move(options)), thread_([this] { Watch(); }) {}

ConnectionGuard::~ConnectionGuard() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

void ConnectionGuard::Watch() {
  absl::Time counted_since = absl::Now();
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopped_) {
    stopping_.wait_for(lock, absl::ToChronoMilliseconds(options_.interval),
                       [this] { return stopped_; });
    if (options_.limit_bytes > 0) Look();
    if (absl::Now() - counted_since < kCounted) continue;
    if (options_.on_flood) options_.on_flood(TakeFloodReport());
    internal::ForgetReceived();
    counted_since = absl::Now();
  }
}

void ConnectionGuard::Look() {
  uint64_t resident = ResidentBytes();
  if (resident < options_.limit_bytes) return;
  const int ended = internal::EndHeaviest();
  if (ended > 0 && options_.on_ended) options_.on_ended(ended, resident);
  if (absl::Now() - trimmed_at_ < kBetweenTrims) return;
  malloc_trim(0);
  trimmed_at_ = absl::Now();
}

}  // namespace vsv::rpc

// As the C library's. The descriptor may have been that of a client, which is never told to be
// closed.
extern "C" int connect(int connection, const sockaddr* address, socklen_t length) {
  vsv::rpc::internal::NoteConnecting(connection);
  return static_cast<int>(syscall(SYS_connect, connection, address, length));
}

// As the C library's, for connections that the guard has not ended.
extern "C" ssize_t recvmsg(int connection, msghdr* message, int flags) {
  const ssize_t received = syscall(SYS_recvmsg, connection, message, flags);
  if (vsv::rpc::internal::NoteReceived(connection,
                                       received > 0 ? static_cast<uint64_t>(received) : 0)) {
    return received;
  }
  errno = ECONNRESET;
  return -1;
}

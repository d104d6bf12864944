// Who may begin a connection, by what became of its last ones.
#pragma once

#include "libs/rpc/budget.h"

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <sys/socket.h>

namespace vsv::rpc {

// Where a connection comes from: an IPv4 address, or the /64 of an IPv6 address; 0: neither.
uint64_t AddressOf(const sockaddr_storage& address);

// A connection takes from what its address may, and gives it back when its handshake has succeeded.
// So whoever begins handshakes only, or fails at them, can begin no more than so many at once and a
// tenth of it a second. Thread-safe.
class Addresses {
 public:
  // 0: as many as they like.
  void SetMost(int handshakes) { most_ = handshakes; }

  // False when the connection is to be refused.
  bool Admit(uint64_t address, absl::Time now);
  void GiveBack(uint64_t address);
  // A handshake from there was wasted on a certificate that floods: the next few are refused
  // sooner.
  void Blame(uint64_t address);

 private:
  std::atomic<int> most_ = 0;
  std::mutex mutex_;
  absl::flat_hash_map<uint64_t, Budget> budgets_;  // of those that have not all of it
  size_t swept_at_ = 0;                            // size
};

// A client certificate, on any number of connections. Thread-safe.
class Bearer {
 public:
  Bearer();

  bool IsSuspended(absl::Time now) const { return now < absl::FromUnixNanos(suspended_until_); }

  // One of its connections flooded: none of them is read any further for so long, which is
  // returned; twice as long as the last time. Zero when it is suspended already.
  absl::Duration Suspend(absl::Time now);

  // False when it has too many, or began too many lately.
  bool Open(absl::Time now);

  void Close() { --connections_; }

  // Whether nothing is to be remembered of it.
  bool IsForgotten(absl::Time now);

 private:
  std::atomic<int64_t> suspended_until_ = 0;  // Unix time, ns
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;  // of what follows
  Budget begun_;
  absl::Duration last_;
  absl::Time forgotten_at_ = absl::InfinitePast();
};

// Thread-safe.
class Bearers {
 public:
  // Of the certificate with this hash.
  std::shared_ptr<Bearer> Find(const std::string& thumbprint, absl::Time now);

 private:
  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<Bearer>> bearers_;
  size_t swept_at_ = 0;  // size
};

}  // namespace vsv::rpc

#include "libs/rpc/newcomers.h"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>

namespace vsv::rpc {
namespace {

constexpr absl::Duration kFirstSuspension = absl::Seconds(5);
constexpr absl::Duration kLongestSuspension = absl::Minutes(1);
// Who has kept quiet for so long begins anew.
constexpr absl::Duration kRemembered = absl::Minutes(10);
// The limit of descriptors in the systemd unit is six times this.
constexpr int kConnections = 1024;
// Each costs a handshake, so that to begin them and no more is a flood as well.
constexpr double kBegunAtOnce = 256;
constexpr double kBegunPerSecond = 25;
// Who is suspended has made its handshake in vain, and ours.
constexpr double kWeightOfBlame = 4;
// Entries that nobody needs any longer are looked for when there are twice as many as the last
// time.
constexpr size_t kSweptFrom = 1024;

template <typename Map, typename Predicate>
void Sweep(Map& map, size_t& swept_at, Predicate is_over) {
  if (map.size() < std::max(kSweptFrom, 2 * swept_at)) return;
  absl::erase_if(map, is_over);
  swept_at = map.size();
}

}  // namespace

uint64_t AddressOf(const sockaddr_storage& address) {
  uint64_t out = 0;
  if (address.ss_family == AF_INET) {
    return reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr;
  }
  if (address.ss_family == AF_INET6) {
    const in6_addr& place = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    // One of IPv4 on a socket for both is in the last four bytes.
    const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&place);
    std::memcpy(&out, place.s6_addr + (is_mapped ? 12 : 0), is_mapped ? 4 : 8);
  }
  return out;
}

bool Addresses::Admit(uint64_t address, absl::Time now) {
  const int most = most_;
  if (most == 0 || address == 0) return true;
  const std::lock_guard<std::mutex> lock(mutex_);
  Sweep(budgets_, swept_at_, [now](auto& entry) { return entry.second.IsFull(now); });
  return budgets_.try_emplace(address, most, most / 10.0).first->second.Take(1, now);
}

void Addresses::GiveBack(uint64_t address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = budgets_.find(address);
  if (found != budgets_.end()) found->second.GiveBack(1);
}

void Addresses::Blame(uint64_t address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = budgets_.find(address);
  if (found != budgets_.end()) found->second.Spend(kWeightOfBlame);
}

Bearer::Bearer() : begun_(kBegunAtOnce, kBegunPerSecond) {}

absl::Duration Bearer::Suspend(absl::Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (IsSuspended(now)) return absl::ZeroDuration();
  last_ = now < forgotten_at_ ? std::min(2 * last_, kLongestSuspension) : kFirstSuspension;
  suspended_until_ = absl::ToUnixNanos(now + last_);
  forgotten_at_ = now + last_ + kRemembered;
  return last_;
}

bool Bearer::Open(absl::Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (connections_ >= kConnections || !begun_.Take(1, now)) return false;
  ++connections_;
  return true;
}

bool Bearer::IsForgotten(absl::Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return forgotten_at_ <= now && begun_.IsFull(now);
}

std::shared_ptr<Bearer> Bearers::Find(const std::string& thumbprint, absl::Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Only here are more made to share one, so that one which nobody else has stays so.
  Sweep(bearers_, swept_at_, [now](auto& entry) {
    return entry.second.use_count() == 1 && entry.second->IsForgotten(now);
  });
  std::shared_ptr<Bearer>& bearer = bearers_[thumbprint];
  if (bearer == nullptr) bearer = std::make_shared<Bearer>();
  return bearer;
}

}  // namespace vsv::rpc

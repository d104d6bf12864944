#include "libs/base/uuid.h"

#include "libs/base/hash.h"
#include "libs/base/random.h"

#include <algorithm>
#include <cstdint>
#include <mutex>

namespace vsv::base {
namespace {

// What makes two ids of one process differ: milliseconds and, within one, a counter of 12 + 14
// bits.
struct Order {
  uint64_t milliseconds = 0;
  uint32_t counter = 0;
};

constexpr uint32_t kCounterLimit = uint32_t{1} << 26;

constinit std::mutex order_mutex;
Order last_order;  // guarded by order_mutex

// The next place in the order. The counter begins at a random place in its lower half in each new
// millisecond, and runs over into the next millisecond when it is used up (RFC 9562, section 6.2,
// methods 1 and 3).
Order NextOrder(uint64_t now_milliseconds, uint32_t seed) {
  const std::lock_guard<std::mutex> lock(order_mutex);
  if (now_milliseconds > last_order.milliseconds) {
    last_order = Order{now_milliseconds, seed % (kCounterLimit / 2)};
  } else if (++last_order.counter >= kCounterLimit) {
    last_order = Order{last_order.milliseconds + 1, 0};
  }
  return last_order;
}

uint32_t ReadSeed(absl::string_view bytes) {
  uint32_t seed = 0;
  for (const char byte : bytes.substr(0, 4)) seed = (seed << 8) | static_cast<unsigned char>(byte);
  return seed;
}

}  // namespace

std::string NewUuidV7(const Clock& clock) {
  const std::string chance = RandomBytes(10);
  const auto now = static_cast<uint64_t>(std::max<int64_t>(0, absl::ToUnixMillis(clock.Now())));
  const Order order = NextOrder(now, ReadSeed(chance));

  std::string bytes(16, '\0');
  for (size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<char>((order.milliseconds >> (40 - 8 * i)) & 0xff);
  }
  bytes[6] = static_cast<char>(0x70 | ((order.counter >> 22) & 0x0f));
  bytes[7] = static_cast<char>((order.counter >> 14) & 0xff);
  bytes[8] = static_cast<char>(0x80 | ((order.counter >> 8) & 0x3f));
  bytes[9] = static_cast<char>(order.counter & 0xff);
  std::copy(chance.begin() + 4, chance.end(), bytes.begin() + 10);

  std::string text = HexEncode(bytes);
  for (const size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
  return text;
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash_place = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash_place ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace vsv::base

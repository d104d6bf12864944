#include "libs/pg/cancel.h"

#include "absl/time/clock.h"

#include <array>
#include <future>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace vsv::pg {
namespace {

struct Release {
  void operator()(PGcancel* request) const { PQfreeCancel(request); }
};

}  // namespace

bool CancelBy(PGconn* connection, absl::Time deadline) {
  std::unique_ptr<PGcancel, Release> request(PQgetCancel(connection));
  if (request == nullptr) return false;
  std::promise<bool> taken;
  std::future<bool> answer = taken.get_future();
  try {
    std::thread([request = std::move(request), taken = std::move(taken)]() mutable {
      std::array<char, 256> why = {};
      taken.set_value(PQcancel(request.get(), why.data(), static_cast<int>(why.size())) == 1);
    }).detach();
  } catch (const std::system_error&) {
    return false;  // no thread is to be had
  }
  const std::chrono::microseconds left = absl::ToChronoMicroseconds(deadline - absl::Now());
  return answer.wait_for(left) == std::future_status::ready && answer.get();
}

}  // namespace vsv::pg

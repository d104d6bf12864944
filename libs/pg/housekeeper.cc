#include "libs/pg/housekeeper.h"

#include "libs/base/status_macros.h"

#include "absl/time/clock.h"

#include <algorithm>
#include <utility>

namespace vsv::pg {
namespace {

constexpr absl::Duration kPortionTime = absl::Seconds(30);

}  // namespace

Housekeeper::Housekeeper(Pool& worker, std::vector<Chore> chores,
                         std::function<void(absl::string_view, const absl::Status&)> on_error)
    : worker_(worker), chores_(std::move(chores)), on_error_(std::move(on_error)) {}

Housekeeper::~Housekeeper() {
  Stop();
}

void Housekeeper::Start() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = false;
  }
  thread_ = std::thread([this] { Loop(); });
}

void Housekeeper::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Housekeeper::stopped() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopped_;
}

void Housekeeper::Do(const Chore& chore) {
  int64_t rows = 0;
  do {
    const absl::Status status =
        RunInTransaction(worker_, Mode::kReadWrite, absl::Now() + kPortionTime, {},
                         [&](Transaction& tx) -> absl::Status {
                           VSV_ASSIGN_OR_RETURN(rows, chore.run(tx));
                           return absl::OkStatus();
                         });
    if (!status.ok()) {
      on_error_(chore.name, status);
      return;
    }
  } while (rows > 0 && !stopped());
}

void Housekeeper::Loop() {
  std::vector<absl::Time> due(chores_.size(), absl::Now());
  while (!stopped()) {
    absl::Time next = absl::InfiniteFuture();
    for (size_t i = 0; i < chores_.size(); ++i) {
      if (due[i] <= absl::Now()) {
        Do(chores_[i]);
        due[i] = absl::Now() + chores_[i].interval;
      }
      next = std::min(next, due[i]);
    }
    std::unique_lock<std::mutex> lock(mutex_);
    const absl::Duration pause = std::min(next - absl::Now(), absl::Hours(1));
    changed_.wait_for(lock, absl::ToChronoMicroseconds(pause), [this] { return stopped_; });
  }
}

}  // namespace vsv::pg

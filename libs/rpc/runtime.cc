#include "libs/rpc/runtime.h"

#include "libs/rpc/peer.h"
#include "libs/rpc/watch.h"

#include <utility>
#include <vector>

namespace vsv::rpc {
namespace {

RuntimeOptions WithDefaults(RuntimeOptions options) {
  if (!options.identify) options.identify = IdentifyPeer;
  return options;
}

}  // namespace

Runtime::Runtime(RuntimeOptions options, CallerResolver& resolver, const base::Clock& clock,
                 obs::Metrics& metrics)
    : options_(WithDefaults(std::move(options))),
      resolver_(resolver),
      clock_(clock),
      metrics_(metrics),
      interactive_(std::make_unique<WorkerPool>("interactive", options_.worker_threads,
                                                options_.queue_per_thread)),
      bulk_(std::make_unique<WorkerPool>("bulk", options_.bulk_threads, 64)) {}

// Pools first: their last tasks still use the rest.
Runtime::~Runtime() {
  interactive_.reset();
  bulk_.reset();
}

void Runtime::Drain() {
  draining_ = true;
  std::vector<std::shared_ptr<internal::WatchCourse>> open;
  {
    absl::MutexLock lock(&mutex_);
    open.assign(watches_.begin(), watches_.end());
  }
  for (const auto& course : open) internal::OnDrain(course);
}

bool Runtime::AddWatch(const std::shared_ptr<internal::WatchCourse>& course) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return false;
  watches_.insert(course);
  return true;
}

void Runtime::RemoveWatch(const std::shared_ptr<internal::WatchCourse>& course) {
  absl::MutexLock lock(&mutex_);
  watches_.erase(course);
}

}  // namespace vsv::rpc

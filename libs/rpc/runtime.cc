#include "libs/rpc/runtime.h"

#include "libs/rpc/peer.h"

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
                                                options_.queue_per_thread, clock_)),
      bulk_(std::make_unique<WorkerPool>("bulk", options_.bulk_threads, 64, clock_)) {}

// Pools first: their last tasks still use the rest.
Runtime::~Runtime() {
  interactive_.reset();
  bulk_.reset();
}

void Runtime::Drain() {
  draining_ = true;
  std::vector<std::shared_ptr<internal::OpenStream>> open;
  {
    absl::MutexLock lock(&mutex_);
    open.assign(streams_.begin(), streams_.end());
  }
  for (const auto& stream : open) stream->OnDrain();
}

bool Runtime::AddStream(const std::shared_ptr<internal::OpenStream>& stream) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return false;
  streams_.insert(stream);
  return true;
}

void Runtime::RemoveStream(const std::shared_ptr<internal::OpenStream>& stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

}  // namespace vsv::rpc

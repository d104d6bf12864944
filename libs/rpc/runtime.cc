#include "libs/rpc/runtime.h"

#include "libs/errors/errors.h"
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
    for (const auto& [stream, organisation] : streams_) open.push_back(stream);
  }
  for (const auto& stream : open) stream->OnDrain();
}

absl::Status Runtime::AddStream(const std::shared_ptr<internal::OpenStream>& stream,
                                const std::string& organisation) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return errors::ShuttingDown();
  const auto open = open_.try_emplace(organisation, 0).first;
  if (open->second >= options_.streams_per_organisation)
    return errors::TooManyStreams(open->second);
  ++open->second;
  streams_.emplace(stream, organisation);
  return absl::OkStatus();
}

void Runtime::RemoveStream(const std::shared_ptr<internal::OpenStream>& stream) {
  absl::MutexLock lock(&mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return;
  const auto open = open_.find(found->second);
  if (--open->second == 0) open_.erase(open);
  streams_.erase(found);
}

}  // namespace vsv::rpc

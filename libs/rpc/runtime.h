// What all calls of a server share.
#pragma once

#include "libs/base/clock.h"
#include "libs/obs/metrics.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/worker_pool.h"

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace vsv::rpc {

struct RuntimeOptions {
  std::string service;       // area called, for mandates: "dossiers"
  int worker_threads = 4;    // interactive calls in progress; most are parked, waiting for a batch
                             // or a connection
  int queue_per_thread = 8;  // interactive calls that wait for a thread, per thread
  int bulk_threads = 2;      // streams and imports
  absl::Duration default_deadline = absl::Seconds(10);  // for callers that set none
  absl::Duration longest_deadline = absl::Seconds(60);  // whatever the caller set
  // How a peer is identified; the certificate, unless a test injects another way.
  std::function<absl::StatusOr<PeerIdentity>(const grpc::ServerContextBase&)> identify;
};

namespace internal {

// A stream as Drain sees it.
class OpenStream {
 public:
  virtual ~OpenStream() = default;
  // Ends it with SHUTTING_DOWN as soon as nothing of it is under way.
  virtual void OnDrain() = 0;
};

}  // namespace internal

// Thread-safe; outlives the server. The references must outlive it.
class Runtime {
 public:
  Runtime(RuntimeOptions options, CallerResolver& resolver, const base::Clock& clock,
          obs::Metrics& metrics);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  const RuntimeOptions& options() const { return options_; }

  CallerResolver& resolver() { return resolver_; }

  const base::Clock& clock() const { return clock_; }

  obs::Metrics& metrics() { return metrics_; }

  WorkerPool& interactive() { return *interactive_; }

  WorkerPool& bulk() { return *bulk_; }

  // From now on new calls get UNAVAILABLE SHUTTING_DOWN and open streams end with it. Calls in
  // flight go on.
  void Drain();

  bool draining() const { return draining_; }

  // Open streams register so that Drain reaches them. False when it has already drained.
  bool AddStream(const std::shared_ptr<internal::OpenStream>& stream);
  void RemoveStream(const std::shared_ptr<internal::OpenStream>& stream);

 private:
  const RuntimeOptions options_;
  CallerResolver& resolver_;
  const base::Clock& clock_;
  obs::Metrics& metrics_;
  std::unique_ptr<WorkerPool> interactive_;
  std::unique_ptr<WorkerPool> bulk_;
  std::atomic<bool> draining_{false};
  absl::Mutex mutex_;
  std::set<std::shared_ptr<internal::OpenStream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace vsv::rpc

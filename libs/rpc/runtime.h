// What all calls of a server share.
#pragma once

#include "libs/base/clock.h"
#include "libs/obs/metrics.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/worker_pool.h"

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace vsv::rpc {

struct RuntimeOptions {
  std::string service;       // area called, for mandates: "dossiers"
  int worker_threads = 4;    // interactive calls in progress; most are parked, waiting for a batch
                             // or a connection
  int queue_per_thread = 8;  // interactive calls that wait for a thread, per thread
  int bulk_threads = 2;      // streams and imports
  // Watches and imports that one organisation, or one of our services, has open at a time.
  int streams_per_organisation = 16;
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

  // Open streams register, so that Drain reaches them and no organisation has more of them than it
  // may: what is held for one is not given back before it ends. SHUTTING_DOWN or TOO_MANY_STREAMS.
  absl::Status AddStream(const std::shared_ptr<internal::OpenStream>& stream,
                         const std::string& organisation);
  // Of one that was not added too.
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
  // Each with the organisation that opened it.
  std::map<std::shared_ptr<internal::OpenStream>, std::string> streams_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int> open_ ABSL_GUARDED_BY(mutex_);  // of each organisation that has any
};

}  // namespace vsv::rpc

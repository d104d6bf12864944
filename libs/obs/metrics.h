// Metrics of a server in Prometheus' format. Labels are method names, codes and statement names;
// never ids.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <memory>
#include <string>

namespace vsv::obs {

// Thread-safe; one per server.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // One finished call: vsv_calls_total{method,code} and vsv_call_seconds{method}.
  void CallFinished(absl::string_view method, absl::string_view code, absl::Duration duration);
  // One call refused before it reached a handler: vsv_calls_shed_total{method,cause}.
  void CallShed(absl::string_view method, absl::string_view cause);
  // Tasks waiting for a worker: vsv_queue_depth{pool}.
  void QueueDepth(absl::string_view pool, int depth);
  // Commands that were executed together: vsv_batch_size{operation}.
  void BatchFormed(absl::string_view operation, int size);
  // How long a command waited for its batch: vsv_batch_wait_seconds{operation}.
  void BatchWaited(absl::string_view operation, absl::Duration duration);
  // Open streams: vsv_watchers.
  void WatchersChanged(int difference);
  // Any other gauge of a service, e.g. vsv_projection_age_seconds{source="partners"}.
  void SetGauge(absl::string_view name, absl::string_view label, absl::string_view label_value,
                double value);

  // Serves /metrics on `address` ("127.0.0.1:7411"). UNAVAILABLE when the address cannot be bound.
  absl::Status Serve(const std::string& address);

  // The exposition text, as /metrics gives it.
  std::string Text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vsv::obs

#include "libs/obs/metrics.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <exception>
#include <mutex>
#include <shared_mutex>
#include <utility>
#include <vector>

#include "prometheus/counter.h"
#include "prometheus/exposer.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"

namespace vsv::obs {
namespace {

// 0.5 ms to 8 s, doubling: wide enough for a hot read and for a bulk import.
const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* buckets = new prometheus::Histogram::BucketBoundaries{
      0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4, 8};
  return *buckets;
}

// 1 to 256: as many as a batch may have, doubling.
const prometheus::Histogram::BucketBoundaries& SizeBuckets() {
  static const auto* buckets =
      new prometheus::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128, 256};
  return *buckets;
}

// The metrics of a family by the values of their labels. Found by one look-up: the library's own is
// by a map that each caller would have to make, and this is done several times in every call.
template <typename Metric>
class Labelled {
 public:
  using Labels = std::vector<const char*>;

  Labelled(prometheus::Family<Metric>& family, Labels labels)
      : family_(family), labels_(std::move(labels)) {}

  // `values` in the order of the labels; `rest` is what a new metric is made with.
  template <typename... Rest>
  Metric& Of(const std::vector<absl::string_view>& values, const Rest&... rest) {
    const std::string key = absl::StrJoin(values, "\n");
    {
      const std::shared_lock<std::shared_mutex> lock(mutex_);
      const auto found = known_.find(key);
      if (found != known_.end()) return *found->second;
    }
    prometheus::Labels labels;
    for (size_t i = 0; i < labels_.size(); ++i) labels.emplace(labels_[i], values[i]);
    Metric& metric = family_.Add(labels, rest...);
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    known_[key] = &metric;
    return metric;
  }

 private:
  prometheus::Family<Metric>& family_;
  const Labels labels_;
  std::shared_mutex mutex_;
  absl::flat_hash_map<std::string, Metric*> known_;  // guarded by mutex_
};

}  // namespace

struct Metrics::State {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  Labelled<prometheus::Counter> calls{
      prometheus::BuildCounter().Name("vsv_calls_total").Help("Finished calls").Register(*registry),
      {"method", "code"}};
  Labelled<prometheus::Histogram> seconds{prometheus::BuildHistogram()
                                              .Name("vsv_call_seconds")
                                              .Help("Duration of calls")
                                              .Register(*registry),
                                          {"method"}};
  Labelled<prometheus::Counter> shed{prometheus::BuildCounter()
                                         .Name("vsv_calls_shed_total")
                                         .Help("Calls refused before their handler")
                                         .Register(*registry),
                                     {"method", "cause"}};
  Labelled<prometheus::Gauge> queue{prometheus::BuildGauge()
                                        .Name("vsv_queue_depth")
                                        .Help("Tasks waiting for a worker")
                                        .Register(*registry),
                                    {"pool"}};
  Labelled<prometheus::Histogram> batch_size{prometheus::BuildHistogram()
                                                 .Name("vsv_batch_size")
                                                 .Help("Commands executed together")
                                                 .Register(*registry),
                                             {"operation"}};
  Labelled<prometheus::Histogram> batch_wait{prometheus::BuildHistogram()
                                                 .Name("vsv_batch_wait_seconds")
                                                 .Help("Time that commands waited for their batch")
                                                 .Register(*registry),
                                             {"operation"}};
  prometheus::Gauge& watchers = prometheus::BuildGauge()
                                    .Name("vsv_watchers")
                                    .Help("Open change-feed streams")
                                    .Register(*registry)
                                    .Add({});
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}

Metrics::~Metrics() = default;

void Metrics::CallFinished(absl::string_view method, absl::string_view code,
                           absl::Duration duration) {
  state_->calls.Of({method, code}).Increment();
  state_->seconds.Of({method}, Buckets()).Observe(absl::ToDoubleSeconds(duration));
}

void Metrics::CallShed(absl::string_view method, absl::string_view cause) {
  state_->shed.Of({method, cause}).Increment();
}

void Metrics::QueueDepth(absl::string_view pool, int depth) {
  state_->queue.Of({pool}).Set(depth);
}

void Metrics::BatchFormed(absl::string_view operation, int size) {
  state_->batch_size.Of({operation}, SizeBuckets()).Observe(size);
}

void Metrics::BatchWaited(absl::string_view operation, absl::Duration duration) {
  state_->batch_wait.Of({operation}, Buckets()).Observe(absl::ToDoubleSeconds(duration));
}

void Metrics::WatchersChanged(int difference) {
  state_->watchers.Increment(difference);
}

void Metrics::SetGauge(absl::string_view name, absl::string_view label,
                       absl::string_view label_value, double value) {
  prometheus::BuildGauge()
      .Name(std::string(name))
      .Help(std::string(name))
      .Register(*state_->registry)
      .Add({{std::string(label), std::string(label_value)}})
      .Set(value);
}

absl::Status Metrics::Serve(const std::string& address) {
  // The exposer is the one place where a library throws at us.
  try {
    state_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception& e) {
    return absl::UnavailableError(
        absl::StrCat("metrics address ", address, " cannot be bound: ", e.what()));
  }
  state_->exposer->RegisterCollectable(state_->registry);
  return absl::OkStatus();
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(state_->registry->Collect());
}

}  // namespace vsv::obs

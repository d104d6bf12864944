#include "services/programs/clients/process_counts_source.h"

#include "libs/aip/proto_time.h"
#include "libs/rpc/outgoing.h"
#include "libs/rpc/status_bridge.h"
#include "services/programs/domain/process_counts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include <utility>
#include <vector>

namespace vsv::programs {
namespace {

namespace pb = dossiers::v1;

constexpr int kRegions = 40;  // RMC regions, 01..40

std::optional<Process> ProcessFrom(pb::Process process) {
  switch (process) {
    case pb::PROCESS_TRANSITION:
      return Process::kTransition;
    case pb::PROCESS_WARM_HANDOVER:
      return Process::kWarmHandover;
    case pb::PROCESS_FIRST_YEAR:
      return Process::kFirstYear;
    default:
      return std::nullopt;
  }
}

// nullopt for what cannot be read.
std::optional<CounterValue> CounterFrom(const pb::ProcessCount& count) {
  const auto region = ParseRegionName(count.region());
  const auto process = ProcessFrom(count.process());
  const auto organisation = ParseOrganisationName(count.responsible_organisation());
  const auto due_on = aip::FromProto(count.due_date());
  const auto day = aip::FromProto(count.day());
  if (!region || !process || !organisation || !due_on || !day) return std::nullopt;
  return CounterValue{*region, *process, count.state(), *organisation,
                      *due_on, *day,     count.value()};
}

feed::ProjectionBatch BatchFrom(const pb::WatchProcessCountsResponse& message,
                                const CountsSink& sink) {
  feed::ProjectionBatch batch;
  batch.cursor = message.cursor();
  if (message.has_checkpoint_time()) {
    batch.current_as_of = aip::FromProto(message.checkpoint_time());
  }
  std::vector<CounterValue> values = CountersFrom(message);
  if (!values.empty()) {
    batch.apply = [values = std::move(values), put = sink.put](pg::Transaction& tx) {
      return put(tx, values);
    };
  }
  return batch;
}

std::unique_ptr<grpc::ClientContext> NewContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("vsv-purpose", "projection");
  return context;
}

class Stream : public feed::ProjectionStream {
 public:
  Stream(pb::ProcessCountService::StubInterface& stub, pb::WatchProcessCountsRequest request,
         const CountsSink& sink)
      : sink_(sink),
        request_(std::move(request)),
        reader_(NewContext(), [&stub, this](grpc::ClientContext* begun, auto* reactor) {
          stub.async()->WatchProcessCounts(begun, &request_, reactor);
        }) {}

  absl::StatusOr<feed::ProjectionBatch> Next() override {
    pb::WatchProcessCountsResponse message;
    if (reader_.Read(&message)) return BatchFrom(message, sink_);
    const absl::Status status = rpc::FromGrpc(reader_.Finish());
    return status.ok() ? absl::UnavailableError("the stream of counts ended") : status;
  }

  void Cancel() override { reader_.Cancel(); }

 private:
  const CountsSink& sink_;
  const pb::WatchProcessCountsRequest request_;
  rpc::StreamReader<pb::WatchProcessCountsResponse> reader_;
};

}  // namespace

std::vector<CounterValue> CountersFrom(const pb::WatchProcessCountsResponse& message) {
  std::vector<CounterValue> values;
  for (const pb::ProcessCount& count : message.counts()) {
    if (auto value = CounterFrom(count)) values.push_back(*std::move(value));
  }
  return values;
}

ProcessCountsSource::ProcessCountsSource(const std::shared_ptr<grpc::Channel>& channel,
                                         CountsSink sink)
    : stub_(pb::ProcessCountService::NewStub(channel)), sink_(std::move(sink)) {}

absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> ProcessCountsSource::Open(
    const std::string& cursor) {
  pb::WatchProcessCountsRequest request;
  for (int region = 1; region <= kRegions; ++region) {
    request.add_regions(absl::StrFormat("regions/%02d", region));
  }
  request.set_cursor(cursor);
  return std::make_unique<Stream>(*stub_, std::move(request), sink_);
}

absl::Status ProcessCountsSource::Reset(pg::Transaction& tx) {
  return sink_.clear(tx);
}

}  // namespace vsv::programs

#include "services/programs/clients/process_counts_source.h"

#include "libs/aip/proto_time.h"
#include "libs/rpc/status_bridge.h"
#include "services/programs/domain/process_counts.h"
#include "services/programs/storage/process_counts_rows.h"

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

// nullopt for what cannot be read: a newer source may send what this service does not know yet.
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

class Stream : public feed::ProjectionStream {
 public:
  Stream(pb::ProcessCountService::StubInterface& stub,
         const pb::WatchProcessCountsRequest& request) {
    context_.AddMetadata("vsv-purpose", "projection");
    reader_ = stub.WatchProcessCounts(&context_, request);
  }

  absl::StatusOr<feed::ProjectionBatch> Next() override {
    pb::WatchProcessCountsResponse message;
    if (reader_->Read(&message)) return BatchFrom(message);
    const absl::Status status = rpc::FromGrpc(reader_->Finish());
    return status.ok() ? absl::UnavailableError("the stream of counts ended") : status;
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderInterface<pb::WatchProcessCountsResponse>> reader_;
};

}  // namespace

feed::ProjectionBatch BatchFrom(const pb::WatchProcessCountsResponse& message) {
  std::vector<CounterValue> values;
  for (const pb::ProcessCount& count : message.counts()) {
    if (auto value = CounterFrom(count)) values.push_back(*std::move(value));
  }
  feed::ProjectionBatch batch;
  batch.cursor = message.cursor();
  if (message.has_checkpoint_time()) {
    batch.current_as_of = aip::FromProto(message.checkpoint_time());
  }
  if (!values.empty()) {
    batch.apply = [values = std::move(values)](pg::Transaction& tx) {
      return PutCounters(tx, values);
    };
  }
  return batch;
}

ProcessCountsSource::ProcessCountsSource(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(pb::ProcessCountService::NewStub(channel)) {}

absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> ProcessCountsSource::Open(
    const std::string& cursor) {
  pb::WatchProcessCountsRequest request;
  for (int region = 1; region <= kRegions; ++region) {
    request.add_regions(absl::StrFormat("regions/%02d", region));
  }
  request.set_cursor(cursor);
  return std::make_unique<Stream>(*stub_, request);
}

absl::Status ProcessCountsSource::Reset(pg::Transaction& tx) {
  return ClearCounters(tx);
}

}  // namespace vsv::programs

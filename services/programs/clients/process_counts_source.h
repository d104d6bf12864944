// The counts of the dossiers service, as the projector follows them.
#pragma once

#include "libs/feed/projector.h"
#include "services/programs/domain/process_counts.h"

#include "vsv/dossiers/v1/process_counts_service.grpc.pb.h"

#include "absl/types/span.h"
#include "grpcpp/channel.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vsv::programs {

// Where the counts are kept, each within the transaction that also moves the cursor.
struct CountsSink {
  std::function<absl::Status(pg::Transaction&, absl::Span<const CounterValue>)> put;
  std::function<absl::Status(pg::Transaction&)> clear;
};

// Follows all regions: a programme may begin in any.
class ProcessCountsSource : public feed::ProjectionSource {
 public:
  // `channel` with this service's own certificate.
  ProcessCountsSource(const std::shared_ptr<grpc::Channel>& channel, CountsSink sink);

  absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> Open(const std::string& cursor) override;
  absl::Status Reset(pg::Transaction& tx) override;

 private:
  const std::unique_ptr<dossiers::v1::ProcessCountService::StubInterface> stub_;
  const CountsSink sink_;
};

// The counters of a message; what cannot be read is left out, for a newer source may send what this
// service does not know yet.
std::vector<CounterValue> CountersFrom(const dossiers::v1::WatchProcessCountsResponse& message);

}  // namespace vsv::programs

// The counts of the dossiers service, as the projector follows them.
#pragma once

#include "libs/feed/projector.h"

#include "vsv/dossiers/v1/process_counts_service.grpc.pb.h"

#include "grpcpp/channel.h"

#include <memory>
#include <string>

namespace vsv::programs {

// Follows all regions: a programme may begin in any.
class ProcessCountsSource : public feed::ProjectionSource {
 public:
  // `channel` with this service's own certificate.
  explicit ProcessCountsSource(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> Open(const std::string& cursor) override;
  absl::Status Reset(pg::Transaction& tx) override;

 private:
  const std::unique_ptr<dossiers::v1::ProcessCountService::StubInterface> stub_;
};

// One message of the stream as its effect; counters of a process this service does not know are
// left out.
feed::ProjectionBatch BatchFrom(const dossiers::v1::WatchProcessCountsResponse& message);

}  // namespace vsv::programs

// Figures from the outcomes service. The one synchronous call between services.
#pragma once

#include "libs/base/clock.h"
#include "services/programs/domain/figures_directory.h"

#include "vsv/outcomes/v1/outcomes_service.grpc.pb.h"

#include "grpcpp/channel.h"

#include <memory>
#include <vector>

namespace vsv::programs {

class GrpcFiguresDirectory : public FiguresDirectory {
 public:
  // `channel` with this service's own certificate. `clock` must outlive this.
  GrpcFiguresDirectory(const std::shared_ptr<grpc::Channel>& channel, const base::Clock& clock);

  absl::StatusOr<std::vector<Figure>> Look(absl::Span<const IndicatorLink> links,
                                           absl::CivilDay reference, absl::Time deadline) override;

 private:
  const std::unique_ptr<outcomes::v1::OutcomesService::StubInterface> stub_;
  const base::Clock& clock_;
};

// The status of outcomes as a figure of this domain.
Figure FigureFrom(const outcomes::v1::IndicatorStatus& status);

}  // namespace vsv::programs

// How a line stands on a day.
#pragma once

#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/programs/api/permissions.h"
#include "services/programs/domain/figures_directory.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/line_status.pb.h"
#include "vsv/programs/v1/transition_requests.pb.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include <cstdint>

namespace vsv::programs {

struct LineStatusOptions {
  absl::Duration counts_max_age =
      absl::Seconds(30);  // counts older than this are named unavailable
  absl::Duration figures_timeout =
      absl::Seconds(2);  // outcomes gets so long, and half of what is left
  int64_t small_group_threshold = 5;
};

class LineStatusHandler {
 public:
  // All must outlive this.
  LineStatusHandler(Stores stores, FiguresDirectory& figures, const Permissions& permissions,
                    LineStatusOptions options)
      : stores_(stores), figures_(figures), permissions_(permissions), options_(options) {}

  absl::StatusOr<policy::Cleared<v1::LineStatus>> Get(
      const rpc::CallContext& call, const v1::GetLineStatusRequest& request) const;

 private:
  // nullopt when outcomes is away: its absence is part of the answer.
  std::optional<std::vector<Figure>> Figures(const rpc::CallContext& call, const LineFacts& facts,
                                             absl::CivilDay reference) const;

  Stores stores_;
  FiguresDirectory& figures_;
  const Permissions& permissions_;
  const LineStatusOptions options_;
};

}  // namespace vsv::programs

// grpc.health.v1 of one server.
#pragma once

#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include <memory>
#include <string>

namespace vsv::vsvctl {

// SERVING, NOT_SERVING, or UNREACHABLE with the cause.
std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout);

}  // namespace vsv::vsvctl

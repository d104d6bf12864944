// What all mutations have in common.
#pragma once

#include "libs/rpc/call_context.h"
#include "services/programs/domain/store.h"

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include <string>

namespace vsv::programs {

// How a repeat of `request` is recognised. FIELD_INVALID for what is no request id.
absl::StatusOr<RequestScope> ScopeOf(const rpc::CallContext& call,
                                     const google::protobuf::Message& request,
                                     const std::string& request_id);

}  // namespace vsv::programs

// Request ids (AIP-155): a mutation that is repeated with the same id takes effect once.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include <string>

namespace vsv::aip {

// The id in canonical form (lower case). FIELD_INVALID on request_id for anything but a UUID of
// 8-4-4-4-12 hex digits, and for the nil UUID, which clients send when they forgot to make one.
absl::StatusOr<std::string> CanonicalRequestId(absl::string_view text);

// SHA-256 of the request without its `request_id`: what must be the same in a repeat.
std::string BodyHash(const google::protobuf::Message& request);

}  // namespace vsv::aip

// Ranges of the well-known value types.
#pragma once

#include "google/protobuf/message.h"

#include <string>

namespace vsv::aip {

// What is wrong with a google.protobuf.Timestamp (years 1 to 9999), google.protobuf.Duration (10000
// years at most, parts of one sign) or google.type.Date (a day that exists; no partial dates); ""
// when nothing is, or for any other type.
std::string RangeProblem(const google::protobuf::Message& message);

}  // namespace vsv::aip

// W3C trace context: the trace id that one request keeps on its way through the services.
#pragma once

#include "absl/strings/string_view.h"

#include <string>

namespace vsv::obs {

// Trace id (32 lower-case hex digits, not all zero) of a `traceparent` header, or "" when it is no
// valid one.
std::string TraceIdOf(absl::string_view traceparent);

// A new random trace id.
std::string NewTraceId();

// A `traceparent` that continues the trace with a new span id; sampled.
std::string MakeTraceparent(absl::string_view trace_id);

}  // namespace vsv::obs

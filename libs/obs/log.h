// Structured logs: one JSON object a line on standard output. No personal data ever: fields are ids
// of organisations, method names, codes, durations, incident ids.
#pragma once

#include "absl/strings/string_view.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::obs {

enum class Severity { kDebug, kInfo, kWarning, kError };

// Name and value of one field of a log line.
using LogFields = std::vector<std::pair<absl::string_view, std::string>>;

// Sets the service's name, which every line carries, and the lowest severity written. Call once, at
// start.
void StartLogging(absl::string_view service, Severity lowest);

// Writes one line. `event` is a constant, greppable phrase ("call finished"); what varies goes into
// fields.
void Log(Severity severity, absl::string_view event, const LogFields& fields = {});

// The line that Log writes, without its time; separate for tests.
std::string FormatLogLine(absl::string_view time, absl::string_view service, Severity severity,
                          absl::string_view event, const LogFields& fields);

}  // namespace vsv::obs

#include "libs/obs/log.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <memory>

#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace vsv::obs {
namespace {

struct State {
  std::string service = "vsv";
  std::shared_ptr<spdlog::logger> logger;
};

State& TheState() {
  static State* state = [] {
    auto* made = new State;  // never destroyed: threads may log until the process ends
    made->logger = spdlog::stdout_logger_mt("vsv");
    made->logger->set_pattern("%v");
    made->logger->flush_on(spdlog::level::info);
    return made;
  }();
  return *state;
}

spdlog::level::level_enum ToSpdlog(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return spdlog::level::debug;
    case Severity::kInfo:
      return spdlog::level::info;
    case Severity::kWarning:
      return spdlog::level::warn;
    case Severity::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

absl::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "DEBUG";
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "ERROR";
}

void AppendJsonString(std::string& out, absl::string_view value) {
  out += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(&out, "\\u%04x", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::string FormatLogLine(absl::string_view time, absl::string_view service, Severity severity,
                          absl::string_view event, const LogFields& fields) {
  std::string line = absl::StrCat("{\"time\":\"", time, "\",\"severity\":\"",
                                  SeverityName(severity), "\",\"service\":");
  AppendJsonString(line, service);
  line += ",\"event\":";
  AppendJsonString(line, event);
  for (const auto& [name, value] : fields) {
    line += ',';
    AppendJsonString(line, name);
    line += ':';
    AppendJsonString(line, value);
  }
  line += '}';
  return line;
}

void StartLogging(absl::string_view service, Severity lowest) {
  TheState().service = std::string(service);
  TheState().logger->set_level(ToSpdlog(lowest));
}

void Log(Severity severity, absl::string_view event, const LogFields& fields) {
  State& state = TheState();
  if (!state.logger->should_log(ToSpdlog(severity))) return;
  const std::string time =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  state.logger->log(ToSpdlog(severity),
                    FormatLogLine(time, state.service, severity, event, fields));
}

}  // namespace vsv::obs

#include "libs/rpc/transport_log.h"

#include "libs/obs/log.h"
#include "libs/rpc/tls_guard.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <grpc/support/log.h>
#include <mutex>

namespace vsv::rpc {
namespace {

constexpr absl::string_view kHandshakeFailed = "Handshake failed with fatal error ";

// Whose handshakes are counted. Never destroyed: gRPC's threads log until the process ends.
struct Counting {
  std::mutex mutex;
  obs::Metrics* metrics = nullptr;
};

Counting& TheCounting() {
  static auto* counting = new Counting;
  return *counting;
}

void Take(gpr_log_func_args* line) {
  if (line->severity != GPR_LOG_SEVERITY_ERROR || internal::IsLineOfAnEnd()) return;
  const std::string cause = HandshakeCause(line->message);
  if (cause.empty()) {
    obs::Log(obs::Severity::kWarning, "transport", {{"cause", line->message}});
    return;
  }
  obs::Log(obs::Severity::kWarning, "handshake refused", {{"cause", cause}});
  const std::lock_guard<std::mutex> lock(TheCounting().mutex);
  if (TheCounting().metrics != nullptr) {
    TheCounting().metrics->CallShed("", absl::StrCat("handshake: ", cause));
  }
}

}  // namespace

std::string HandshakeCause(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kHandshakeFailed)) return "";
  absl::ConsumeSuffix(&line, ".");
  // "SSL_ERROR_SSL: error:0A000086:SSL routines::certificate verify failed"
  const size_t text = line.rfind(':');
  return std::string(text == absl::string_view::npos ? line : line.substr(text + 1));
}

TransportLog::TransportLog(obs::Metrics& metrics) : metrics_(metrics) {
  const std::lock_guard<std::mutex> lock(TheCounting().mutex);
  TheCounting().metrics = &metrics;
  gpr_set_log_function(Take);
}

TransportLog::~TransportLog() {
  const std::lock_guard<std::mutex> lock(TheCounting().mutex);
  if (TheCounting().metrics == &metrics_) TheCounting().metrics = nullptr;
}

}  // namespace vsv::rpc

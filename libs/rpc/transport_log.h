// What gRPC has to say of connections that never became calls.
#pragma once

#include "libs/obs/metrics.h"

#include "absl/strings/string_view.h"

#include <string>

namespace vsv::rpc {

// While it lives, gRPC's own error lines go to our log, and a refused handshake, of which the other
// side learns nothing, is counted with its cause. gRPC's log is global to the process: of several
// only the last counts.
class TransportLog {
 public:
  explicit TransportLog(obs::Metrics& metrics);
  ~TransportLog();
  TransportLog(const TransportLog&) = delete;
  TransportLog& operator=(const TransportLog&) = delete;

 private:
  obs::Metrics& metrics_;
};

// Why a handshake failed, by gRPC's line about it ("certificate verify failed"); "" for any other
// line.
std::string HandshakeCause(absl::string_view line);

}  // namespace vsv::rpc

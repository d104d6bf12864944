// Reads along what a peer sends over HTTP/2, and tells when it floods.
#pragma once

#include "libs/rpc/budget.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace vsv::rpc {

// Of one connection. What a correct client sends fits in generously; how the bounds were chosen
// stands in docs/adr/0017. Not thread-safe.
class FrameMeter {
 public:
  FrameMeter();

  // What the peer sent, deciphered, in any portions; but no portion is more than one TLS record.
  // A constant phrase that says with what the peer floods, or "".
  absl::string_view Received(absl::string_view portion, absl::Time now);

  // The server sent so many bytes: the peer may answer them with frames of control.
  void Sent(size_t bytes);

 private:
  // Takes the nine bytes that a frame begins with.
  absl::string_view Begin(absl::Time now);

  size_t preface_left_;  // of what every client begins with
  std::array<uint8_t, 9> head_ = {};
  size_t head_size_ = 0;
  size_t payload_left_ = 0;
  uint64_t header_block_ = 0;  // bytes of the header block that has not ended
  uint32_t opened_ = 0;        // the first stream that this portion opened; 0: none
  Budget control_;
  Budget resets_;
};

}  // namespace vsv::rpc

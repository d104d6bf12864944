// Reads along what a peer sends over HTTP/2, and tells when it floods.
#pragma once

#include "libs/rpc/budget.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace vsv::rpc {

// Of one connection. What a correct client sends fits in generously; how the bounds were chosen
// stands in docs/adr/0017. Not thread-safe.
class FrameMeter {
 public:
  FrameMeter();

  // What the peer sent, deciphered, in any portions; but no portion is more than one TLS record.
  // A constant phrase that says with what the peer floods, or "".
  absl::string_view Received(absl::string_view portion, absl::Time now);

  // What the server sent, before it was enciphered: the peer may answer that with frames of
  // control.
  void Sent(absl::string_view portion);

 private:
  struct Frame {
    size_t size = 0;  // of the payload
    uint8_t type = 0;
    uint8_t flags = 0;
    uint32_t stream = 0;
  };

  // One way of the connection.
  class Frames {
   public:
    // `skipped` bytes come before the first frame.
    explicit Frames(size_t skipped) : skipped_(skipped) {}

    // The next frame that begins in the portion, which is used up to there; nothing when none does.
    std::optional<Frame> Next(absl::string_view& portion);

   private:
    size_t skipped_;  // payload still to come
    std::array<uint8_t, 9> head_ = {};
    size_t head_size_ = 0;
  };

  absl::string_view Weigh(const Frame& frame, absl::Time now);

  Frames received_;
  Frames sent_;
  uint64_t header_block_ = 0;  // bytes of the header block that has not ended
  uint32_t opened_ = 0;        // the first stream that this portion opened; 0: none
  Budget control_;
  Budget resets_;
};

}  // namespace vsv::rpc

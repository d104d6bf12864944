#include "libs/rpc/frame_meter.h"

#include <algorithm>
#include <cstring>

namespace vsv::rpc {
namespace {

// "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", which gRPC checks.
constexpr size_t kPreface = 24;
// Types and flags of frames (RFC 9113, section 6).
constexpr uint8_t kData = 0x0;
constexpr uint8_t kHeaders = 0x1;
constexpr uint8_t kResetStream = 0x3;
constexpr uint8_t kContinuation = 0x9;
constexpr uint8_t kEndStream = 0x1;
constexpr uint8_t kEndHeaders = 0x4;

// Pings, settings, windows, priorities, empty data: the more, the more the server sends.
constexpr double kControlAtOnce = 500;
constexpr double kControlPerSecond = 100;
constexpr double kBytesPerControl = 64;
// A client that reads message by message opens two windows for each, however small it is: its own
// and that of the connection. Less than the head of a message is none: somebody opens windows of
// single bytes.
constexpr double kControlPerMessage = 2;
constexpr size_t kMessage = 5;  // bytes
// A call brings windows of its own, also one that is not answered any more.
constexpr double kControlPerStream = 4;
// With whatever a client writes goes the window of each stream that it reads meanwhile: who sends
// large messages sends many windows, and a frame of 16 KiB costs us as much as the control it buys.
constexpr double kDataPerControl = 4096;  // bytes
// Under overload a client resets what it would have called: a thousand and more a second. One that
// is reset in the very portion that opened it was never to be answered, and weighs as many.
constexpr double kResetsAtOnce = 4000;
constexpr double kResetsPerSecond = 2000;
constexpr double kWeightOfRapidReset = 20;
// Eight times the metadata that gRPC takes (server.cc).
constexpr uint64_t kHeaderBlock = uint64_t{128} * 1024;

size_t Number(const uint8_t* bytes, size_t size) {
  size_t number = 0;
  for (size_t i = 0; i < size; ++i) number = number << 8 | bytes[i];
  return number;
}

// Whether a frame that neither opens nor resets a stream brings nothing of a message either.
bool IsControl(uint8_t type, uint8_t flags, size_t size) {
  if (type == kData) return size == 0 && (flags & kEndStream) == 0;
  return type != kContinuation || (flags & kEndHeaders) == 0;
}

}  // namespace

std::optional<FrameMeter::Frame> FrameMeter::Frames::Next(absl::string_view& portion) {
  const size_t skipped = std::min(skipped_, portion.size());
  portion.remove_prefix(skipped);
  skipped_ -= skipped;
  const size_t taken = std::min(head_.size() - head_size_, portion.size());
  std::memcpy(head_.data() + head_size_, portion.data(), taken);
  portion.remove_prefix(taken);
  head_size_ += taken;
  if (head_size_ < head_.size()) return std::nullopt;
  head_size_ = 0;
  skipped_ = Number(head_.data(), 3);
  return Frame{.size = skipped_,
               .type = head_[3],
               .flags = head_[4],
               .stream = static_cast<uint32_t>(Number(&head_[5], 4) & 0x7fffffff)};
}

FrameMeter::FrameMeter()
    : received_(kPreface),
      sent_(0),
      control_(kControlAtOnce, kControlPerSecond),
      resets_(kResetsAtOnce, kResetsPerSecond) {}

absl::string_view FrameMeter::Received(absl::string_view portion, absl::Time now) {
  opened_ = 0;
  while (const std::optional<Frame> frame = received_.Next(portion)) {
    const absl::string_view flood = Weigh(*frame, now);
    if (!flood.empty()) return flood;
  }
  return "";
}

void FrameMeter::Sent(absl::string_view portion) {
  control_.GiveBack(static_cast<double>(portion.size()) / kBytesPerControl);
  while (const std::optional<Frame> frame = sent_.Next(portion)) {
    if (frame->type == kData && frame->size >= kMessage) control_.GiveBack(kControlPerMessage);
  }
}

absl::string_view FrameMeter::Weigh(const Frame& frame, absl::Time now) {
  if (frame.type == kHeaders || frame.type == kContinuation) {
    header_block_ = (frame.type == kHeaders ? 0 : header_block_) + frame.size;
    if (header_block_ > kHeaderBlock) return "endless headers";
  }
  if (frame.type == kHeaders) {
    if (opened_ == 0) opened_ = frame.stream;
    control_.GiveBack(kControlPerStream);
    return "";
  }
  if (frame.type == kResetStream) {
    const bool is_rapid = opened_ > 0 && frame.stream >= opened_;
    return resets_.Take(is_rapid ? kWeightOfRapidReset : 1, now) ? "" : "resets";
  }
  if (frame.type == kData) control_.GiveBack(static_cast<double>(frame.size) / kDataPerControl);
  const bool is_control = IsControl(frame.type, frame.flags, frame.size);
  return !is_control || control_.Take(1, now) ? "" : "frames of control";
}

}  // namespace vsv::rpc

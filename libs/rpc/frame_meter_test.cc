#include "libs/rpc/frame_meter.h"

#include "gtest/gtest.h"

#include <string>

namespace vsv::rpc {
namespace {

enum Type : char {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kWindowUpdate = 8,
  kContinuation = 9
};

constexpr char kEndStream = 1;
constexpr char kEndHeaders = 4;
const std::string kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

std::string Frame(Type type, char flags, uint32_t stream, size_t size) {
  const auto byte = [](size_t number) { return static_cast<char>(number & 0xff); };
  std::string frame = {
      byte(size >> 16),   byte(size >> 8),    byte(size),        type,        flags,
      byte(stream >> 24), byte(stream >> 16), byte(stream >> 8), byte(stream)};
  return frame.append(size, 'x');
}

class Meter : public ::testing::Test {
 protected:
  Meter() { EXPECT_EQ(Send(kPreface), ""); }

  std::string Send(const std::string& portion) {
    return std::string(meter_.Received(portion, now_));
  }

  // What is told of the first portion of so many that something is told of.
  std::string Send(const std::string& portion, int times, absl::Duration apart) {
    for (int i = 0; i < times; ++i, now_ += apart) {
      const std::string told = Send(portion);
      if (!told.empty()) return told;
    }
    return "";
  }

  FrameMeter meter_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(Meter, FindsEachFrameOfControlAFlood) {
  for (const std::string& frame :
       {Frame(kPing, 0, 0, 8), Frame(kSettings, 0, 0, 6), Frame(kWindowUpdate, 0, 1, 4),
        Frame(kPriority, 0, 3, 5), Frame(kData, 0, 1, 0), Frame(kContinuation, 0, 1, 0)}) {
    FrameMeter meter;
    EXPECT_EQ(meter.Received(kPreface, now_), "");
    std::string all;
    for (int i = 0; i < 400; ++i) all += frame;
    EXPECT_EQ(meter.Received(all, now_), "") << int{frame[3]};
    EXPECT_EQ(meter.Received(all, now_), "frames of control") << int{frame[3]};
  }
}

TEST_F(Meter, LetsFramesOfControlByAtTheirPace) {
  EXPECT_EQ(Send(Frame(kPing, 0, 0, 8), 10'000, absl::Milliseconds(11)), "");
}

// Windows are opened for what the server has sent.
TEST_F(Meter, LetsWhoIsSentMuchAnswerIt) {
  for (int i = 0; i < 100'000; ++i) {
    meter_.Sent(Frame(kHeaders, 0, 1, 247));
    ASSERT_EQ(Send(Frame(kWindowUpdate, 0, 0, 4) + Frame(kWindowUpdate, 0, 1, 4)), "") << i;
  }
}

// Seen of gRPC's own client: two windows for each message of eleven bytes.
TEST_F(Meter, LetsWhoReadsSmallMessagesOpenItsWindowsForEach) {
  const std::string windows = Frame(kWindowUpdate, 0, 5489, 4) + Frame(kWindowUpdate, 0, 0, 4);
  const std::string message = Frame(kData, 0, 5489, 11);
  for (int i = 0; i < 100'000; ++i) {
    meter_.Sent(message.substr(0, static_cast<size_t>(i % 20)));
    meter_.Sent(message.substr(static_cast<size_t>(i % 20)));
    ASSERT_EQ(Send(windows), "") << i;
  }
}

TEST_F(Meter, FindsWindowsOfSingleBytesAFlood) {
  std::string told;
  int i = 0;
  for (; told.empty() && i < 5'000; ++i) {
    meter_.Sent(Frame(kData, 0, 1, 1));
    told = Send(Frame(kWindowUpdate, 0, 1, 4));
  }
  EXPECT_EQ(told, "frames of control");
  EXPECT_LT(i, 700);
}

// A server that is busy answers late or not at all; the windows came with the calls.
TEST_F(Meter, LetsWindowsOfCallsByThatAreNotAnswered) {
  for (uint32_t stream = 1; stream < 20'000; stream += 2) {
    const std::string window = Frame(kWindowUpdate, 0, stream, 4);
    ASSERT_EQ(Send(Frame(kHeaders, kEndHeaders, stream, 100) + window +
                   Frame(kData, kEndStream, stream, 5) + window),
              "")
        << stream;
  }
}

// Two windows for each frame of a large message, as a client writes that reads a stream beside it.
TEST_F(Meter, LetsWindowsThatComeWithLargeMessages) {
  const std::string window = Frame(kWindowUpdate, 0, 3, 4);
  for (int i = 0; i < 5'000; ++i)
    ASSERT_EQ(Send(Frame(kData, 0, 1, 16'384) + window + window), "") << i;
}

TEST_F(Meter, FindsWindowsThatComeWithSmallDataAFlood) {
  std::string told;
  int i = 0;
  for (; told.empty() && i < 5'000; ++i)
    told = Send(Frame(kData, 0, 1, 16) + Frame(kWindowUpdate, 0, 3, 4));
  EXPECT_EQ(told, "frames of control");
  EXPECT_LT(i, 600);
}

TEST_F(Meter, FindsStreamsThatAreResetAtOnceAFlood) {
  std::string told;
  uint32_t stream = 1;
  for (; told.empty() && stream < 20'000; stream += 2)
    told = Send(Frame(kHeaders, kEndHeaders, stream, 100) + Frame(kReset, 0, stream, 4));
  EXPECT_EQ(told, "resets");
  EXPECT_LT(stream / 2, 220);
}

TEST_F(Meter, FindsResetsWithoutEndAFlood) {
  EXPECT_EQ(Send(Frame(kReset, 0, 1, 4), 10'000, absl::Microseconds(100)), "resets");
}

TEST_F(Meter, LetsAStormOfDeadlinesBy) {
  for (uint32_t stream = 1; stream < 20'000; stream += 2, now_ += absl::Milliseconds(1)) {
    ASSERT_EQ(Send(Frame(kHeaders, kEndHeaders, stream, 100) + Frame(kData, kEndStream, stream, 5)),
              "");
    if (stream % 4 != 1) continue;
    ASSERT_EQ(Send(Frame(kReset, 0, stream, 4)), "") << stream;
  }
}

TEST_F(Meter, FindsHeadersWithoutEndAFlood) {
  EXPECT_EQ(Send(Frame(kHeaders, 0, 1, 16'384)), "");
  int sent = 0;
  while (sent < 100 && Send(Frame(kContinuation, 0, 1, 16'384)).empty()) ++sent;
  EXPECT_EQ(sent, 7);
}

TEST_F(Meter, CountsEachBlockOfHeadersAnew) {
  for (uint32_t stream = 1; stream < 2000; stream += 2) {
    ASSERT_EQ(Send(Frame(kHeaders, 0, stream, 16'384)), "");
    ASSERT_EQ(Send(Frame(kContinuation, kEndHeaders, stream, 16'384)), "");
    ASSERT_EQ(Send(Frame(kData, kEndStream, stream, 0)), "");
  }
}

// However the bytes are divided, the frames are the same.
TEST_F(Meter, ReadsFramesInAnyPortions) {
  const std::string good = Frame(kHeaders, kEndHeaders, 1, 300) + Frame(kData, 0, 1, 70'000);
  for (const size_t portion : {size_t{1}, size_t{7}, size_t{9}, size_t{4096}}) {
    FrameMeter meter;
    std::string all = kPreface + good;
    for (int i = 0; i < 501; ++i) all += Frame(kPing, 0, 0, 8);
    const size_t last = all.size() - 17;  // the ping that is one too many
    for (size_t at = 0; at < all.size(); at += portion) {
      const std::string some = all.substr(at, portion);
      const bool has_last = at + some.size() >= last + 9;
      ASSERT_EQ(meter.Received(some, now_), has_last ? "frames of control" : "")
          << portion << " " << at;
      if (has_last) break;
    }
  }
}

}  // namespace
}  // namespace vsv::rpc

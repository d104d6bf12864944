#include "libs/obs/trace.h"

#include "gtest/gtest.h"

namespace vsv::obs {
namespace {

TEST(Traceparent, GivesItsTraceId) {
  EXPECT_EQ(TraceIdOf("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(Traceparent, IsIgnoredWhenItIsNotOne) {
  for (const char* bad : {"", "garbage", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                          "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                          "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"}) {
    EXPECT_EQ(TraceIdOf(bad), "") << bad;
  }
}

TEST(Traceparent, RoundTrips) {
  const std::string id = NewTraceId();
  EXPECT_EQ(TraceIdOf(MakeTraceparent(id)), id);
  EXPECT_NE(NewTraceId(), id);
}

}  // namespace
}  // namespace vsv::obs

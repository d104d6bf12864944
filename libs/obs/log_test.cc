#include "libs/obs/log.h"

#include "gtest/gtest.h"

namespace vsv::obs {
namespace {

TEST(LogLine, IsOneJsonObject) {
  EXPECT_EQ(
      FormatLogLine("2026-01-01T00:00:00Z", "dossiers", Severity::kInfo, "call finished",
                    {{"method", "/a/B"}, {"code", "OK"}}),
      R"({"time":"2026-01-01T00:00:00Z","severity":"INFO","service":"dossiers","event":"call finished","method":"/a/B","code":"OK"})");
}

TEST(LogLine, CannotBeBrokenByItsValues) {
  EXPECT_EQ(
      FormatLogLine("t", "s", Severity::kError, "e", {{"cause", "a\"b\\c\nd\x01"}}),
      R"({"time":"t","severity":"ERROR","service":"s","event":"e","cause":"a\"b\\c\u000ad\u0001"})");
}

}  // namespace
}  // namespace vsv::obs
